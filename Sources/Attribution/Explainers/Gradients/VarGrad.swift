internal import Classifiers

/// The variance of the gradient over noisy copies (Adebayo et al. 2018, arXiv:1810.03292).
///
/// `score_t = sum over d of E[g_td²] - E[g_td]²`, as in Captum's `NoiseTunnel`.
public struct VarGrad: Explainer {
  public let card = MethodCard(
    name: "vargrad", title: "VarGrad", shortTitle: "VG",
    summary: """
      How much the gradient at each token's embedding varies over copies of the text with random \
      noise: where the model's output is far from linear.
      """,
    formula: "score_t = sum over d of (mean of g_td^2 - (mean of g_td)^2), g = df/dx at x + n",
    source: "Adebayo, Gilmer, Goodfellow, Kim 2018, arXiv:1810.03292",
    cost: "50 gradients, or as many as set, and 1 more",
    caveats: """
      Has no sign and does not say how much a token contributes: a token with a large but constant \
      gradient scores zero. Its unit is the square of a gradient's.
      """,
    isSigned: false, requirement: .gradients, options: [.samples, .noise, .seed])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    try NoisyGradients(request: request, card: card, statistic: .variance)
      .explain(refined: refined)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    (request.options.samples ?? NoisyGradients.defaultSamples) + 1
  }
}
