internal import Classifiers

/// Relevance by attention and its gradient (Chefer, Gur, Wolf 2021, arXiv:2103.15679, eq. 5 to 10).
public struct AttentionRelevance: Explainer {
  public let card = MethodCard(
    name: "attention-relevance", title: "attention relevance", shortTitle: "Chef",
    summary: """
      Follows attention through the layers, each weight counting as far as raising it would raise \
      the score: the positive part of the gradient times the weight.
      """,
    formula: "R = I; R <- R + (mean over heads of (dA * A)+) R, layer by layer; score_t = R_ct",
    source: "Chefer, Gur, Wolf 2021, arXiv:2103.15679, eq. 6 to 10",
    cost: "1 gradient",
    caveats: """
      Has no sign: what lowers the score is cut off. The token c that the head reads keeps \
      the 1 that it starts with.
      """,
    modelCaveats: [
      ModelCaveat(
        "Near saturation the gradients vanish and the map is the identity.", if: .probabilities)
    ],
    isSigned: false, requirement: .attention)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let run = try AttentionRun(request, for: card)
    if let sides = run.maps.sides { return run.attribution(run.relevance(sides)) }
    let tokens = run.maps.tokens
    // The row of (I + A_L) … (I + A_1) for the token that the head reads, from the last layer down.
    var row = run.unitRow
    for layer in (0..<run.maps.layers).reversed() {
      var map = run.positiveGradient(layer: layer)
      for token in 0..<tokens { map[token, token] += 1 }
      row = map.multiplied(by: row)
    }
    return run.attribution(row)
  }
}
