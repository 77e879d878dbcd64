/// The loss in the class's probability when only the highest-scoring tokens are kept (DeYoung et
/// al. 2020, arXiv:1911.03429, eq. 2; with ferret's bins).
public struct Sufficiency: Measure {
  public let card = MeasureCard(
    name: "sufficiency", title: "sufficiency",
    summary: """
      How much the class's probability falls when only the highest-scoring tokens are kept: the \
      mean for 10 %, 20 % … 100 % of the tokens, of which only those with a positive score are \
      kept.
      """,
    formula: "mean over k of p(x) - p(the top k alone)",
    source: "DeYoung et al. 2020, arXiv:1911.03429; the bins of ferret (Attanasio et al. 2023)",
    cost: "at most 16 predictions",
    caveats: """
      A value below zero means that the rest of the text spoke against the class. A method without \
      any positive score has 1, the worst value, as in ferret.
      """,
    best: .low)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    let all = Set(request.tokens)
    return try request.meanLoss(ifNone: 1) { request.deleting(all.subtracting($0)) }
  }

  public func expectedPasses(for request: MeasureRequest) -> Int { 16 }
}
