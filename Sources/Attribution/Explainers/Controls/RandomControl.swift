internal import Classifiers
internal import Tokenizers

/// Random scores: a control that shows what noise looks like on this text.
public struct RandomControl: Explainer {
  public let card = MethodCard(
    name: "random", title: "random control", shortTitle: "Rnd",
    summary: "Numbers from the standard normal distribution, the same for the same seed.",
    formula: "score_t ~ N(0, 1)",
    source: "a control, as in Adebayo et al. 2018, arXiv:1810.03292",
    cost: "1 prediction, for the score's value only",
    caveats:
      "It explains nothing. A method that looks no better than this one is not to be believed.",
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

  /// The scores of so many tokens.
  static func scores(count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.normal()) }
  }
}
