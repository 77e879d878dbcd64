internal import Classifiers

/// The gradient averaged over noisy copies of the text (Smilkov et al. 2017, arXiv:1706.03825).
///
/// `score_t = |E[∇_t f(x + n)]|`, where `n` is Gaussian with `--noise` times the standard deviation
/// of the text's embeddings. Equals Captum's `NoiseTunnel(Saliency)` with signed gradients and the
/// same norm.
public struct SmoothGrad: Explainer {
  public let card = MethodCard(
    name: "smoothgrad", title: "SmoothGrad", shortTitle: "SG",
    summary: """
      Averages the gradient at each token's embedding over copies of the text with random noise \
      and takes the length of the mean: like saliency, but less dependent on small fluctuations of \
      the gradient.
      """,
    formula: "score_t = | mean over n of df/dx_t at x + n |, n ~ N(0, (noise std(x))^2)",
    source: "Smilkov et al. 2017, arXiv:1706.03825",
    cost: "50 gradients, or as many as set, and 1 more",
    caveats: """
      Has no sign. The result depends on the amount of noise: without noise it is saliency; with \
      much noise the gradients are taken far from the embeddings of any word.
      """,
    isSigned: false, requirement: .gradients, options: [.samples, .noise, .seed, .norm])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    try NoisyGradients(
      request: request, card: card, statistic: .smooth(request.options.norm ?? .l2)
    ).explain(refined: refined)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    (request.options.samples ?? NoisyGradients.defaultSamples) + 1
  }
}
