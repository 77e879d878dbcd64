internal import Classifiers

/// Grad-CAM (Selvaraju et al. 2017, arXiv:1610.02391, eq. 1 and 2) over the outputs `A` `[T, D]` of
/// the last recurrent layer, with time steps instead of pixels.
///
/// `α_k = mean over t of ∂f/∂A_tk`, `score_t = Σ_k α_k A_tk`.
public struct GradCAM: Explainer {
  public let card = MethodCard(
    name: "grad-cam", title: "Grad-CAM", shortTitle: "CAM",
    summary: """
      Weights each output of the last recurrent layer by how much it raises the model's output on \
      average over the text, and shows the weighted sum at each token.
      """,
    formula: """
      score_t = sum over k of a_k A_tk, a_k = mean over t of df/dA_tk, A_tk = output k at t
      """,
    source: "Selvaraju et al. 2017, arXiv:1610.02391, carried over to LSTM outputs",
    cost: "1 gradient",
    caveats: """
      A recurrent layer's output depends on all that was read so far, so high scores come late: \
      often at separators and at the last token, not at the word that caused them. The scores do \
      not add up to the model's output.
      """,
    isSigned: true, requirement: .recurrence, axioms: [.dummy, .symmetry, .linearity])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let (layer, value) = try request.lastRecurrentLayer(for: card)
    let rectify = request.options.rectify
    let scores = Self.scores(layer.outputs, layer.gradient)
    return TokenAttribution(
      scores: rectify ? scores.map { max($0, 0) } : scores, targetValue: value,
      evaluations: 1, parameters: ["rectify": .flag(rectify)])
  }

  /// - Parameters: `A` and `∂f/∂A`, `[1, T, D]`.
  static func scores(_ activations: TokenVectors, _ gradient: TokenVectors) -> [Float] {
    // The head may read only a window of the time steps (fastai's `max_len`). A step outside has no
    // gradient, is left out of the mean and scores 0.
    let seen = (0..<gradient.tokens).filter { token in
      gradient[row: 0, token: token].contains { $0 != 0 }
    }
    var weights = [Double](repeating: 0, count: gradient.width)
    for token in seen {
      for (k, value) in gradient[row: 0, token: token].enumerated() {
        weights[k] += Double(value) / Double(seen.count)
      }
    }
    var scores = [Float](repeating: 0, count: gradient.tokens)
    for token in seen {
      let outputs = activations[row: 0, token: token]
      scores[token] = Float(zip(weights, outputs).reduce(0) { $0 + $1.0 * Double($1.1) })
    }
    return scores
  }
}
