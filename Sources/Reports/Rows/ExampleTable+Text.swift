package import Datasets

/// The label and the prediction of a row, as screens and files show them.
extension ExampleTable {
  /// The names of the labelled classes, or the labelled numbers; empty without a label.
  package func goldText(_ example: ScoredExample) -> String {
    guard let numbers = example.numbers else { return name(of: example.gold) }
    return numbers.right.map(Self.text) ?? ""
  }

  /// `positive`; `0.743`.
  package func answerText(_ example: ScoredExample) -> String {
    example.numbers.map { Self.text($0.said) } ?? name(of: example.predicted)
  }

  /// With the probability of the class: `positive 0.97`; `0.743`.
  package func answerWithProbability(_ example: ScoredExample) -> String {
    example.numbers != nil
      ? answerText(example)
      : "\(answerText(example)) \(Numerals.probability(example.probability))"
  }

  private static func text(_ numbers: [Float]) -> String {
    numbers.map { Numerals.score($0, isSigned: false) }.joined(separator: "|")
  }
}
