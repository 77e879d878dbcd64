/// The area under the probability curve while tokens are removed, highest scores first (Petsiuk,
/// Das, Saenko 2018, arXiv:1806.07421).
public struct DeletionAUC: Measure {
  public let card = MeasureCard(
    name: "deletion-auc", title: "deletion AUC",
    summary: """
      The area under the curve of the class's probability while tokens are replaced one after \
      another, the highest score first: good scores make it fall at once, so the area is small.
      """,
    formula: "trapezoid of p(x without the top k), k = 0 … T, over k / T",
    source: "Petsiuk, Das, Saenko 2018, arXiv:1806.07421",
    cost: "1 prediction per token, at most 101",
    caveats: "Depends on what replaces the tokens, and on how certain the model is of the text.",
    best: .low)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    try PerturbationCurve.result(of: request, .deletion)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int {
    min(request.tokens.count, PerturbationCurve.mostSteps) + 1
  }
}
