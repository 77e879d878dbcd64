internal import Classifiers
internal import Tokenizers

/// Called intrinsic attention by fastai v1 and fastinference: the L1 norm of the gradient of the
/// PROBABILITY at each token, divided by the largest in the text.
public struct IntrinsicAttention: Explainer {
  public let card = MethodCard(
    name: "intrinsic-attention", title: "intrinsic attention", shortTitle: "IA",
    summary: """
      The absolute gradient of the class's probability, summed over the dimensions of each token's \
      embedding and divided by the largest such sum in the text.
      """,
    formula: "score_t = a_t / max a, a_t = sum over d of |dp/dx_td|, p = the class's probability",
    source: "fastai v1, TextClassificationInterpretation.intrinsic_attention; fastinference",
    cost: "1 gradient",
    caveats: """
      A gradient norm, in spite of its name: it is not the model's attention. It has no sign, and \
      the largest score is always 1; the maximum before the division shows how strong it was.
      """,
    modelCaveats: [
      ModelCaveat("Both classes have the same scores.", if: .twoClasses),
      ModelCaveat(
        """
        Where the model is certain, the gradients are almost zero, and the division shows even \
        tiny ones in full colour.
        """, if: .probabilities),
    ],
    isSigned: false, requirement: .gradients, defaultQuantity: .probability)

  public init() {}

  /// The unnormalised maximum is in the parameters, as `maximum`.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let result = try request.gradientAtText(for: card, by: .unwindowed)
    let lengths = result.gradient.vectorsOfFirstRow.map { Saliency.length($0, .l1) }
    let maximum = lengths.max() ?? 0
    // The pass above may have pooled more of the text than the model does, or padding within it, so
    // its value can differ.
    let tokens = request.encoding.tokens
    let isOther =
      tokens.count > request.model.facts.tokenLimit ?? .max
      || result.text.padding.contains { !$0.isEmpty }
    let value =
      try isOther
      ? Float(request.values(rows: 1, tokens: tokens.count) { _ in tokens }[0]) : result.value
    return TokenAttribution(
      scores: maximum > 0 ? lengths.map { $0 / maximum } : lengths, targetValue: value,
      evaluations: isOther ? 2 : 1, parameters: ["maximum": .number(maximum)])
  }
}
