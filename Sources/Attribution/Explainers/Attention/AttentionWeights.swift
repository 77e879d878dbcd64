internal import Classifiers

/// Raw attention weights of the token that the head reads (as in Jain, Wallace 2019,
/// arXiv:1902.10186).
public struct AttentionWeights: Explainer {
  public let card = MethodCard(
    name: "attention", title: "attention", shortTitle: "Att",
    summary: """
      How much attention the token that the classifier reads (the first of an encoder, the last of \
      a decoder) pays to each token: the mean over the heads of the last layer, or a layer and \
      head of your choice. In an encoder-decoder (BART) it is the decoder's attention to the \
      encoder's tokens.
      """,
    formula: """
      score_t = A_ct = mean over heads of the attention of token c to token t in the last layer
      """,
    source: "Vaswani et al. 2017, arXiv:1706.03762; Jain, Wallace 2019, arXiv:1902.10186",
    cost: "1 gradient",
    caveats: """
      Has no sign, and attention is not importance: in the upper layers every token's vector mixes \
      information from all tokens, and much attention goes to separators.
      """,
    modelCaveats: [ModelCaveat("The scores are the same for every class.", if: .severalClasses)],
    isSigned: false, requirement: .attention, options: [.layer, .head], dependsOnClass: false)

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let maps = try AttentionRun(request, for: card)
    let layer = try maps.layer(of: request)
    let head = try maps.head(of: request)
    let heads = head.map { [$0] } ?? Array(0..<maps.maps.heads)
    var parameters: [String: ParameterValue] = ["layer": .whole(layer + 1)]
    if let head { parameters["head"] = .whole(head + 1) }
    let rows = (0..<maps.maps.layers).flatMap { layer in
      (0..<maps.maps.heads).map { head in
        (name: "layer \(layer + 1) head \(head + 1)", row: maps.row(layer: layer, head: head))
      }
    }
    return maps.attribution(
      maps.mean(layer: layer, heads: heads).row(maps.reader), parameters: parameters,
      map: ScoreMap(names: rows.map(\.name), scores: rows.map(\.row)))
  }
}
