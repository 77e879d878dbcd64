internal import Tensors
internal import Tokenizers

/// The rank correlation of the scores with the effect of deleting each token (ferret's `TauLOO`).
public struct LeaveOneOutTau: Measure {
  public let card = MeasureCard(
    name: "leave-one-out-tau", title: "leave-one-out tau",
    summary: """
      Kendall's rank correlation between the scores and how much the class's probability falls \
      when each token is deleted: 1 means the same order, 0 no relation.
      """,
    formula: "tau-b of (score_t, p(x) - p(x without t)) over t",
    source: "Jain, Wallace 2019, arXiv:1902.10186; ferret (Attanasio et al. 2023)",
    cost: "1 prediction per token, and 1 more",
    caveats: """
      Deleting one token at a time is not the truth either: where two words say the same, deleting \
      either one changes little. Occlusion computes almost the same, so it has an advantage.
      """,
    best: .high)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    let tokens = request.tokens
    let text = request.request.encoding.tokens
    guard tokens.count > 1 else {
      return MeasureResult(notApplicable: "a ranking needs at least two tokens")
    }
    let values = try request.probabilities(rows: tokens.count + 1) { row in
      row == 0 ? text : request.deleting([tokens[row - 1]])
    }
    let losses = values.dropFirst().map { values[0] - $0 }
    let scores = tokens.map { Double(request.attribution.scores[$0]) }
    guard let tau = Correlation.kendall(losses, scores) else {
      return MeasureResult(
        notApplicable:
          "all tokens have the same score, or deleting any of them has the same effect")
    }
    return MeasureResult(tau, evaluations: values.count)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int { request.tokens.count + 1 }
}
