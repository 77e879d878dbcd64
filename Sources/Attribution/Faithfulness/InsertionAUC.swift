/// The area under the probability curve while tokens are inserted, highest scores first (Petsiuk,
/// Das, Saenko 2018, arXiv:1806.07421).
public struct InsertionAUC: Measure {
  public let card = MeasureCard(
    name: "insertion-auc", title: "insertion AUC",
    summary: """
      The area under the curve of the class's probability while tokens are put back into an empty \
      text one after another, the highest score first: good scores make it rise at once, so the \
      area is large.
      """,
    formula: "trapezoid of p(the top k alone), k = 0 … T, over k / T",
    source: "Petsiuk, Das, Saenko 2018, arXiv:1806.07421",
    cost: "1 prediction per token, at most 101",
    caveats: "Depends on what replaces the tokens, and on how certain the model is of the text.",
    best: .high)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    try PerturbationCurve.result(of: request, .insertion)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int {
    min(request.tokens.count, PerturbationCurve.mostSteps) + 1
  }
}
