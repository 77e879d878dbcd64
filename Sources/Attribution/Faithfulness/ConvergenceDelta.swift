/// The error of the sum that the method claims (Sundararajan, Taly, Yan 2017).
public struct ConvergenceDelta: Measure {
  public let card = MeasureCard(
    name: "convergence-delta", title: "convergence delta",
    summary: """
      The sum of the scores minus what the method says they add up to: f(x) - f(b), the output for \
      the text minus the output for the baseline, or f(x) for relevance methods.
      """,
    formula: "sum over t of score_t - (f(x) - f(b))",
    source: "Sundararajan, Taly, Yan 2017, arXiv:1703.01365; Captum's compute_convergence_delta",
    cost: "nothing: the method computes it",
    caveats: """
      Zero means that nothing is missing, not that every token has the right share: in Shapley \
      sampling the sum is right whatever the scores are.
      """,
    best: .zero)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard let delta = request.attribution.convergenceDelta else {
      return MeasureResult(
        notApplicable: "the scores of this method do not add up to a known value")
    }
    let sum = request.attribution.scores.reduce(0.0) { $0 + Double($1) }
    let claimed = sum - Double(delta)
    var details: [String: ParameterValue] = [:]
    if claimed != 0, claimed.isFinite {
      details["share"] = .number(Float(Double(delta) / claimed))
    }
    return MeasureResult(Double(delta), details: details)
  }
}
