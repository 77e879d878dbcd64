/// Whether annotators mark the same tokens (DeYoung et al. 2020, arXiv:1911.03429, section 5; as in
/// ferret).
public struct Plausibility: Measure {
  public let card = MeasureCard(
    name: "plausibility", title: "plausibility",
    summary: """
      How well the scores find the tokens that people marked as the reason: the area under the \
      precision-recall curve; the details have token F1 and IOU of the five highest scores.
      """,
    formula: "AUPRC of max(score_t, 0) against r_t; F1 and IOU of the top 5 against r",
    source: "DeYoung et al. 2020, arXiv:1911.03429; ferret (Attanasio et al. 2023)",
    cost: "nothing",
    caveats: """
      Measures whether the explanation looks right to people, not whether it is true of the model, \
      which can have other reasons.
      """,
    best: .high)

  static let top = 5

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard let rationale = request.rationale else {
      return MeasureResult(notApplicable: "no tokens of this text are marked as the reason")
    }
    let tokens = request.tokens
    let reasons = Set(tokens.filter { rationale.indices.contains($0) && rationale[$0] })
    guard !reasons.isEmpty else {
      return MeasureResult(
        notApplicable: "what is marked as the reason contains no token of the text")
    }
    let scores = request.attribution.scores
    let chosen = Set(request.ranking.prefix(Self.top).filter { scores[$0] > 0 })
    let hits = Double(chosen.intersection(reasons).count)
    let union = Double(chosen.union(reasons).count)
    let sizes = Double(chosen.count + reasons.count)
    return MeasureResult(
      Self.area(
        tokens.map { (max(Double(scores[$0]), 0), reasons.contains($0)) }),
      details: [
        "token_f1": .number(Float(2 * hits / sizes)), "token_iou": .number(Float(hits / union)),
        "top": .whole(Self.top),
      ])
  }

  /// The area under precision over recall, by the trapezoidal rule over all thresholds, like
  /// scikit-learn's `auc(recall, precision)`; the curve starts at precision 1.
  package static func area(_ items: [(score: Double, isReason: Bool)]) -> Double {
    let sorted = items.sorted { $0.score > $1.score }
    let reasons = Double(items.count { $0.isReason })
    var (hits, seen, area) = (0.0, 0.0, 0.0)
    var last = (recall: 0.0, precision: 1.0)
    for (index, item) in sorted.enumerated() {
      seen += 1
      if item.isReason { hits += 1 }
      // Equal scores pass a threshold together.
      if index + 1 < sorted.count, sorted[index + 1].score == item.score { continue }
      let point = (recall: hits / reasons, precision: hits / seen)
      area += (point.recall - last.recall) * (point.precision + last.precision) / 2
      last = point
    }
    return area
  }
}
