internal import Classifiers

/// The norm of the gradient at each token (Simonyan, Vedaldi, Zisserman 2013, arXiv:1312.6034).
public struct Saliency: Explainer {
  public let card = MethodCard(
    name: "saliency", title: "saliency", shortTitle: "Sal",
    summary: """
      The length of the gradient at each token's embedding: how strongly a small change of the \
      embedding would change the model's output.
      """,
    formula: "score_t = | df/dx_t |, the l2 or l1 norm over the embedding's dimensions",
    source: "Simonyan, Vedaldi, Zisserman 2013, arXiv:1312.6034",
    cost: "1 gradient",
    caveats: """
      Has no sign: a token that lowers the output looks like one that raises it. It describes \
      small changes only: a token that matters can score near zero where the output hardly reacts \
      any more (saturation).
      """,
    isSigned: false, requirement: .gradients, options: [.norm])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let norm = request.options.norm ?? .l2
    let result = try request.gradientAtText(for: card)
    let scores = result.gradient.vectorsOfFirstRow.map { Self.length($0, norm) }
    return TokenAttribution(
      scores: scores, targetValue: result.value, evaluations: 1,
      parameters: ["norm": .text(norm.rawValue)])
  }

  static func length(_ vector: ArraySlice<Float>, _ norm: ExplainerOptions.Norm) -> Float {
    switch norm {
    case .l1: Float(vector.reduce(0.0) { $0 + Double(abs($1)) })
    case .l2: Float(dot(vector, vector).squareRoot())
    }
  }
}
