public import Datasets

/// Explanations in one of the output formats.
///
/// `opening` and `closing` enclose all results, and `text` is called for each of them, so that the
/// results of a run over many texts are written as they are computed. `summary` follows the
/// explanations of one text.
public protocol Report {
  associatedtype Format: Medium
  var opening: Written<Format> { get }
  var closing: Written<Format> { get }
  func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> Written<Format>
  /// A comparison of several methods' explanations of one text.
  func summary(of explanations: [ExplainedText]) -> Written<Format>
}

extension Report {
  public var opening: Written<Format> { "" }
  public var closing: Written<Format> { "" }
  public func summary(of explanations: [ExplainedText]) -> Written<Format> { "" }

  /// A document with a single explanation.
  public func whole(_ explanation: ExplainedText, record: TextRecord) -> Output {
    // A picture collects its elements, and writes all of them at its closing.
    let start = opening + text(of: explanation, record: record, index: 0)
    return Output(start + closing)
  }
}
