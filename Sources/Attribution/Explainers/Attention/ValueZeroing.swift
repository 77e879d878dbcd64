internal import Classifiers
internal import Tokenizers

/// Value zeroing (Mohebbi et al. 2023, arXiv:2301.12971, section 3).
public struct ValueZeroing: Explainer {
  public let card = MethodCard(
    name: "value-zeroing", title: "value zeroing", shortTitle: "VZ",
    summary: """
      Sets the value vector of one token at a time to zero in a layer and measures how far this \
      turns the vector of the token that the classifier reads; the scores are shares, which add up \
      to 1.
      """,
    formula: "score_t = d_t / sum over t of d_t, d_t = 1 - cos(y_c, y_c with t's values zero)",
    source: "Mohebbi, Zuidema, Chrupała, Alishahi 2023, arXiv:2301.12971",
    cost: "1 prediction per token, and 1 more",
    caveats: """
      Has no sign. It describes one layer, the last unless another one is chosen, and does not \
      follow what the layers below have mixed.
      """,
    modelCaveats: [ModelCaveat("The scores are the same for every class.", if: .severalClasses)],
    isSigned: false, requirement: .valueZeroing, options: [.layer], dependsOnClass: false)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let inspected = try request.inspectable(for: card)
    let classifier = try request.intervenable(for: card)
    let text = request.encoding.tokens
    let value = try request.values(rows: 1, tokens: text.count) { _ in text }[0]
    let tokens = text.count
    let reader = inspected.readToken(of: try classifier.embeddings(for: [text]))
    let changes = tokens == 0 ? [] : try request.pass { try classifier.valueZeroing(for: text) }
    let layers = tokens == 0 ? 1 : changes.count / (tokens * tokens)
    let layer = (request.options.layer ?? layers) - 1
    guard (0..<layers).contains(layer) else {
      throw ExplainerError.badOption(
        name: "layer", value: String(layer + 1), allowed: "1 to \(layers)")
    }
    let rows = (0..<layers).map { layer -> [Float] in
      let start = (layer * tokens + reader) * tokens
      let row = changes[start..<start + tokens].map { max(Double($0), 0) }
      let sum = row.reduce(0, +)
      return row.map { Float(sum > 0 ? $0 / sum : 0) }
    }
    return TokenAttribution(
      scores: tokens == 0 ? [] : rows[layer], targetValue: Float(value),
      evaluations: tokens + 1, parameters: ["layer": .whole(layer + 1)],
      map: tokens == 0
        ? nil : ScoreMap(names: (1...layers).map { "layer \($0)" }, scores: rows))
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    request.encoding.pieces.count + 1
  }
}
