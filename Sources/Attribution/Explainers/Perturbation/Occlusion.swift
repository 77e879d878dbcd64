internal import Classifiers
internal import Tokenizers

/// The loss in score when a token is replaced (Zeiler, Fergus 2014, arXiv:1311.2901; for texts Li,
/// Monroe, Jurafsky 2016, arXiv:1612.08220, who delete).
///
/// `score_t = f(x) - f(x with t replaced)`, including frame tokens.
public struct Occlusion: Explainer {
  public let card = MethodCard(
    name: "occlusion", title: "occlusion", shortTitle: "Occ",
    summary: """
      Replaces one token at a time and shows how much the model's output falls: f(x) - f(x without \
      the token).
      """,
    formula: """
      score_t = f(x) - f(x with t replaced); for windows, the mean over those that contain t
      """,
    source: "Zeiler, Fergus 2014, arXiv:1311.2901; Li, Monroe, Jurafsky 2016, arXiv:1612.08220",
    cost: "1 prediction per token, and 1 more",
    caveats: """
      Depends on what replaces the missing token. Where two words say the same, removing either \
      one changes little, so both score low; a window of several words can remove both.
      """,
    isSigned: true, requirement: .predictions, axioms: [.dummy, .symmetry, .linearity],
    options: [.replacement, .window])

  public init() {}

  /// If one call cannot take all rows, the first refinement is the first-order estimate
  /// `(x_t - r) · ∇_t f`, and measured scores replace estimates call by call.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    try request.checkTarget()
    if let window = request.options.window {
      return try WordWindows(request: request, card: card, window: window)
        .explain(refined: refined)
    }
    let replacement =
      request.options.replacement ?? ExplainerOptions.defaultReplacement(for: request.model)
    let token = try replacement.token(roles: request.model.tokenizer.roles)
    let text = request.encoding.tokens
    let rows = text.count + 1
    let estimates =
      try request.fitsOneCall(rows: rows, tokens: text.count)
      ? nil : estimates(for: request, replacement: token)
    if let estimates {
      try refined(attribution(estimates.scores, of: estimates.value, 1, replacement))
    }
    // Row 0 is the text itself: one more row, but not one more call.
    let values = try request.values(rows: rows, tokens: text.count) { row in
      guard row > 0 else { return text }
      var variant = text
      if let token { variant[row - 1].id = token } else { variant.remove(at: row - 1) }
      return variant
    } received: { values in
      guard let estimates else { return }
      let scores = losses(values) + estimates.scores.dropFirst(values.count - 1)
      try refined(attribution(scores, of: Float(values[0]), values.count + 1, replacement))
    }
    return attribution(losses(values), of: Float(values[0]), values.count, replacement)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    request.encoding.pieces.count + 1
  }

  private func losses(_ values: [Double]) -> [Float] {
    values.dropFirst().map { Float(values[0] - $0) }
  }

  /// First-order estimates from one gradient; nil for a model without gradients, and for deletion,
  /// which is not a step in embedding space.
  private func estimates(
    for request: ExplanationRequest, replacement token: Int?
  ) throws -> (scores: [Float], value: Float)? {
    guard let token, let classifier = request.model.classifier.differentiable
    else { return nil }
    let result = try request.gradientAtText(for: card)
    let absent = try request.pass { try classifier.embeddings(for: [[Token(id: token)]]) }
    let zero = absent[row: 0, token: 0]
    let scores = zip(result.text.vectorsOfFirstRow, result.gradient.vectorsOfFirstRow)
      .map { Float(dot($0, $1) - dot(zero, $1)) }
    return (scores, result.value)
  }

  private func attribution(
    _ scores: [Float], of value: Float, _ evaluations: Int,
    _ replacement: ExplainerOptions.Replacement
  ) -> TokenAttribution {
    TokenAttribution(
      scores: scores, targetValue: value, evaluations: evaluations,
      parameters: ["replacement": .text(replacement.rawValue)])
  }
}
