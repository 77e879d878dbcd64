public import Datasets

/// Explanations in one of the output formats.
///
/// `opening` and `closing` stand around all results and `text` is called for each, so that a run
/// over many texts is written as it goes. `summary` follows the explanations of one text.
public protocol Report {
  associatedtype Format: Medium
  var opening: Written<Format> { get }
  var closing: Written<Format> { get }
  func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> Written<Format>
  /// What can be said of several methods' explanations of one text.
  func summary(of explanations: [ExplainedText]) -> Written<Format>
}

extension Report {
  public var opening: Written<Format> { "" }
  public var closing: Written<Format> { "" }
  public func summary(of explanations: [ExplainedText]) -> Written<Format> { "" }

  /// One explanation alone.
  public func whole(_ explanation: ExplainedText, record: TextRecord) -> Output {
    // A picture gathers what is drawn and closes with all of it.
    let start = opening + text(of: explanation, record: record, index: 0)
    return Output(start + closing)
  }
}
