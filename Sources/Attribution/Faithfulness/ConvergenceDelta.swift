/// The error of the sum that the method claims (Sundararajan, Taly, Yan 2017).
public struct ConvergenceDelta: Measure {
  public let card = MeasureCard(
    name: "convergence-delta", title: "convergence delta",
    summary: """
      The sum of the scores less what the method says they add up to: f(x) - f(b) for paths and \
      coalitions, f(x) for relevance.
      """,
    formula: "sum over t of score_t - (f(x) - f(b))",
    source: "Sundararajan, Taly, Yan 2017, arXiv:1703.01365; Captum's compute_convergence_delta",
    cost: "nothing: the method knows it",
    caveats: """
      A zero says that nothing is missing, not that it is in the right place: sampling orders of \
      the tokens adds up whatever it says.
      """,
    best: .zero)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard let delta = request.attribution.convergenceDelta else {
      return MeasureResult(notApplicable: "the method claims no sum")
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
