/// Why one candidate stands before another, in one of the output formats.
///
/// `opening` and `closing` stand around the contrasts by all methods.
public protocol ContrastReport {
  associatedtype Format: Medium
  var opening: Written<Format> { get }
  var closing: Written<Format> { get }
  func text(of contrast: ExplainedContrast) -> Written<Format>
}
