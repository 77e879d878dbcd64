/// The loss in the class's probability when only the highest-scoring tokens are kept (DeYoung et
/// al. 2020, arXiv:1911.03429, eq. 2; with ferret's bins).
public struct Sufficiency: Measure {
  public let card = MeasureCard(
    name: "sufficiency", title: "sufficiency",
    summary: """
      What the class's probability loses when only the highest tokens are kept, on average over \
      10 %, 20 % … 100 % of the tokens, of which only those with a positive score are kept.
      """,
    formula: "mean over k of p(x) - p(the top k alone)",
    source: "DeYoung et al. 2020, arXiv:1911.03429; the bins of ferret (Attanasio et al. 2023)",
    cost: "at most 16 predictions",
    caveats: """
      Below zero the rest of the text spoke against the class. A method without a positive score \
      has 1, ferret's worst.
      """,
    best: .low)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    let all = Set(request.tokens)
    return try request.meanLoss(ifNone: 1) { request.deleting(all.subtracting($0)) }
  }

  public func expectedPasses(for request: MeasureRequest) -> Int { 16 }
}
