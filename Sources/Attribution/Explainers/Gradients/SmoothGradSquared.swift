internal import Classifiers

/// The squared gradient averaged over noisy copies (Hooker et al. 2019, arXiv:1806.10758).
///
/// `score_t = sum over d of E[(∂f/∂x_td)²]`: the square of SmoothGrad's norm plus VarGrad.
public struct SmoothGradSquared: Explainer {
  public let card = MethodCard(
    name: "smoothgrad-squared", title: "SmoothGrad squared", shortTitle: "SG²",
    summary: """
      The squared length of the gradient at each token's embedding, averaged over copies of the \
      text with random noise.
      """,
    formula: "score_t = mean over n of |df/dx_t at x + n|^2, n ~ N(0, (noise std(x))^2)",
    source: "Hooker, Erhan, Kindermans, Kim 2019, arXiv:1806.10758",
    cost: "50 gradients, or as many as set, and 1 more",
    caveats: """
      Has no sign, and its unit is the square of a gradient's. It is the square of SmoothGrad plus \
      VarGrad, so a gradient that fluctuates counts as much as a steady one.
      """,
    isSigned: false, requirement: .gradients, options: [.samples, .noise, .seed])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    try NoisyGradients(request: request, card: card, statistic: .square)
      .explain(refined: refined)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    (request.options.samples ?? NoisyGradients.defaultSamples) + 1
  }
}
