internal import Classifiers

/// Attention rollout (Abnar, Zuidema 2020, arXiv:2005.00928, section 3).
public struct AttentionRollout: Explainer {
  public let card = MethodCard(
    name: "attention-rollout", title: "attention rollout", shortTitle: "Roll",
    summary: """
      Multiplies the attention of all layers, with half of each layer for the vector that bypasses \
      the attention: how much of each token reaches the token that the classifier reads.
      """,
    formula: "R = A'_L … A'_1, A'_l = (mean over heads of attention A_l + I) / 2; score_t = R_ct",
    source: "Abnar, Zuidema 2020, arXiv:2005.00928",
    cost: "1 gradient",
    caveats: """
      Has no sign. It uses the attention weights alone: neither the value vectors that attention \
      carries nor the feed-forward layers in between.
      """,
    modelCaveats: [ModelCaveat("The scores are the same for every class.", if: .severalClasses)],
    isSigned: false, requirement: .attention, dependsOnClass: false)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let run = try AttentionRun(request, for: card)
    if let sides = run.maps.sides { return run.attribution(run.rollout(sides)) }
    let tokens = run.maps.tokens
    // The row of the product for the token that the head reads, from the last layer down.
    var row = run.unitRow
    for layer in (0..<run.maps.layers).reversed() {
      var map = run.mean(layer: layer, heads: Array(0..<run.maps.heads))
      for token in 0..<tokens { map[token, token] += 1 }
      map.divideRowsBySums()
      row = map.multiplied(by: row)
    }
    return run.attribution(row)
  }
}
