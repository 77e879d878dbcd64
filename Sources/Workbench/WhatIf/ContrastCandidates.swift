public import Attribution
internal import Classifiers

/// Why one candidate ranks above another: both are explained with the same first text.
public struct ContrastCandidates: WhatIfQuestion {
  public struct Answer: Sendable, Equatable {
    public var first: ExplainText.Answer
    public var second: ExplainText.Answer

    public init(first: ExplainText.Answer, second: ExplainText.Answer) {
      (self.first, self.second) = (first, second)
    }

    /// What each word contributes to the difference of both scores.
    public var contrast: PairContrast {
      PairContrast(
        first: (first.prediction.encoding, first.attribution),
        second: (second.prediction.encoding, second.attribution))
    }
  }

  /// The first text, with the parts that are switched off.
  public var text: EditedText
  /// The candidate that ranks higher.
  public var first: String
  public var second: String
  public var choice: ExplanationChoice
  public var options: ExplainerOptions

  public init(
    _ text: EditedText, first: String, second: String, _ choice: ExplanationChoice,
    options: ExplainerOptions
  ) {
    self.text = text
    (self.first, self.second) = (first, second)
    self.choice = choice
    self.options = options
  }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    func explained(_ candidate: String) throws -> ExplainText.Answer {
      try ExplainText(text.beside(candidate), choice, options: options).answer(lab) { _ in }
    }
    return Answer(first: try explained(first), second: try explained(second))
  }
}
