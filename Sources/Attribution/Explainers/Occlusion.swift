internal import Classifiers
internal import Tokenizers

/// What the score loses when a token is replaced (Zeiler, Fergus 2014, arXiv:1311.2901; for texts
/// Li, Monroe, Jurafsky 2016, arXiv:1612.08220, who delete).
public struct Occlusion: Explainer {
  public let card = MethodCard(
    name: "occlusion", title: "occlusion", shortTitle: "Occ",
    summary: """
      Replaces each token in turn and shows what the score loses: f(x) - f(x without the token).
      """,
    source: "Zeiler, Fergus 2014, arXiv:1311.2901; Li, Monroe, Jurafsky 2016, arXiv:1612.08220",
    cost: "1 prediction a token, and 1",
    caveats: """
      Depends on what stands in for the absent token. One token at a time: where two say the \
      same, each alone seems to matter little.
      """,
    isSigned: true, requirement: .predictions)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (Attribution) throws -> Void
  ) throws -> Attribution {
    try request.checkTarget()
    let replacement =
      request.options.replacement ?? ExplainerOptions.defaultReplacement(for: request.model)
    let token = try replacement.token(roles: request.model.tokenizer.roles)
    let ids = request.encoding.ids
    // Row 0 is the text itself: it costs one row more, not one call more.
    let values = try request.values(rows: ids.count + 1, tokens: ids.count) { row in
      guard row > 0 else { return ids }
      var variant = ids
      if let token { variant[row - 1] = token } else { variant.remove(at: row - 1) }
      return variant
    }
    return Attribution(
      scores: values.dropFirst().map { values[0] - $0 }, targetValue: values[0],
      evaluations: values.count, parameters: ["replacement": .text(replacement.rawValue)])
  }
}
