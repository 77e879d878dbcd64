internal import Classifiers

/// The target's value and gradient at the text itself: one forward and backward pass of one row.
struct GradientAtText {
  /// `[1, T, D]`.
  var text: TokenVectors
  /// The gradient, or what the rule defines instead, `[1, T, D]`.
  var gradient: TokenVectors
  var value: Float
}

extension ExplanationRequest {
  func gradientAtText(
    for method: MethodCard, by rule: PropagationRule = .derivative
  ) throws -> GradientAtText {
    let classifier = try differentiable(for: method)
    let text = try embeddings(by: classifier)
    let result = try pass { try classifier.backward(rule, of: [target], at: text) }
    return GradientAtText(text: text, gradient: result.gradient, value: result.scores[0])
  }

  /// The outputs of the last recurrent layer and the target's gradient there, `[1, T, D]` each, and
  /// the target's value.
  func lastRecurrentLayer(
    for method: MethodCard
  ) throws -> (layer: SiteActivations.Part, value: Float) {
    let classifier = try inspectable(for: method)
    let text = try embeddings(by: classifier)
    let result = try pass {
      try classifier.activations(.lastRecurrentLayer, of: [target], at: text)
    }
    return (result.parts[0], result.scores[0])
  }
}
