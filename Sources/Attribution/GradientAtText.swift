internal import Classifiers

/// The target's value and gradient at the text itself: one forward and backward pass of one row.
struct GradientAtText {
  /// `[1, T, D]`.
  var text: TokenVectors
  /// `[1, T, D]`.
  var gradient: TokenVectors
  var value: Float
}

extension ExplanationRequest {
  func gradientAtText(for method: MethodCard) throws -> GradientAtText {
    let classifier = try differentiable(for: method)
    let text = try embeddings(by: classifier)
    let result = try pass { try classifier.gradient(of: [target], at: text) }
    return GradientAtText(text: text, gradient: result.gradient, value: result.scores[0])
  }
}
