internal import Classifiers
internal import Tokenizers

/// Random scores: a control that shows what noise looks like on this text.
public struct RandomControl: Explainer {
  public let card = MethodCard(
    name: "random", title: "random control", shortTitle: "Rnd",
    summary: """
      Random numbers from the standard normal distribution; the same seed gives the same numbers.
      """,
    formula: "score_t ~ N(0, 1)",
    source: "a control: compare Adebayo et al. 2018, arXiv:1810.03292",
    cost: "1 prediction, only for the model's output",
    caveats: "Explains nothing. Do not trust a method that looks no better than this one.",
    isSigned: true, requirement: .predictions, options: [.seed], dependsOnClass: false)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    try request.checkTarget()
    let text = request.encoding.tokens
    let value = try request.values(rows: 1, tokens: text.count) { _ in text }[0]
    let seed = request.options.seed
    return TokenAttribution(
      scores: Self.scores(count: text.count, seed: seed), targetValue: Float(value), evaluations: 1,
      parameters: ["seed": Int(exactly: seed).map { .whole($0) } ?? .text(String(seed))])
  }

  /// One score for each of `count` tokens.
  static func scores(count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.normal()) }
  }
}
