internal import Classifiers

/// Relevance by attention and its gradient (Chefer, Gur, Wolf 2021, arXiv:2103.15679, eq. 5 to 10).
public struct AttentionRelevance: Explainer {
  public let card = MethodCard(
    name: "attention-relevance", title: "attention relevance", shortTitle: "Chef",
    summary: """
      Follows attention through all layers, where each attention weight counts by how much raising \
      it would raise the model's output: the weight times its gradient, if that is positive.
      """,
    formula: "R = I; R <- R + (mean over heads of (df/dA * A)+) R, layer by layer; score_t = R_ct",
    source: "Chefer, Gur, Wolf 2021, arXiv:2103.15679, eq. 5 to 10",
    cost: "1 gradient",
    caveats: """
      Has no sign: what lowers the output is left out. The token c that the classifier reads \
      starts with a score of 1 and keeps it.
      """,
    modelCaveats: [
      ModelCaveat(
        """
        Where a probability is explained and is near 0 or 1, the gradients are almost zero and \
        only token c has a score.
        """, if: .probabilities)
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
