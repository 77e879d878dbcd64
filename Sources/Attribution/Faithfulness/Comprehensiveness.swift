/// The loss in the class's probability when the highest-scoring tokens are removed (DeYoung et al.
/// 2020, arXiv:1911.03429, eq. 1; with ferret's bins).
public struct Comprehensiveness: Measure {
  public let card = MeasureCard(
    name: "comprehensiveness", title: "comprehensiveness",
    summary: """
      How much the class's probability falls when the highest-scoring tokens are deleted: the mean \
      for 10 %, 20 % … 100 % of the tokens, of which only those with a positive score are deleted.
      """,
    formula: "mean over k of p(x) - p(x without the top k)",
    source: "DeYoung et al. 2020, arXiv:1911.03429; the bins of ferret (Attanasio et al. 2023)",
    cost: "at most 16 predictions",
    caveats: """
      Texts with gaps are not what the model was trained on. If the model stays certain whatever \
      is deleted, every method has a low value: compare methods on one text, not one method on \
      several texts.
      """,
    best: .high)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    try request.meanLoss(ifNone: 0) { request.deleting($0) }
  }

  public func expectedPasses(for request: MeasureRequest) -> Int { 16 }
}
