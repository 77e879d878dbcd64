internal import Glibc
internal import Tokenizers

/// The growing rationales that comprehensiveness removes and sufficiency keeps.
struct RationaleBins {
  /// ferret's tenths: the highest k = int(share · T) tokens, of which only positive ones count; a
  /// rationale that equals the previous one is skipped.
  static let ferret = stride(from: 1, through: 10, by: 1).map { Double($0) / 10 }
  /// ERASER's `aopc_thresholds`, at least one token each.
  static let eraser = [0.01, 0.05, 0.1, 0.2, 0.5]

  let ferretSets: [[Int]]
  let eraserSets: [[Int]]

  init(_ request: MeasureRequest) {
    let ranking = request.ranking
    let scores = request.attribution.scores
    var sets: [[Int]] = []
    for share in Self.ferret {
      // Tenths are not exact in floating point: 0.3 · 10 has to be 3.
      let count = Int(share * Double(ranking.count) + 1e-9)
      let top = ranking.prefix(count).filter { scores[$0] > 0 }
      if !top.isEmpty, Set(top) != sets.last.map({ Set($0) }) { sets.append(top) }
    }
    ferretSets = sets
    eraserSets =
      ranking.isEmpty
      ? []
      : Self.eraser.map { share in
        Array(ranking.prefix(max(1, Int(share * Double(ranking.count) + 1e-9))))
      }
  }
}

extension MeasureRequest {
  /// The mean loss of probability over ferret's rationales, and over ERASER's as a detail.
  /// - Parameter row: returns the text that is left for a rationale.
  func meanLoss(ifNone: Double, row: (Set<Int>) -> [Token]) throws -> MeasureResult {
    let bins = RationaleBins(self)
    let sets = bins.ferretSets + bins.eraserSets
    let tokens = request.encoding.tokens
    let values = try probabilities(rows: sets.count + 1) { index in
      index == 0 ? tokens : row(Set(sets[index - 1]))
    }
    let losses = values.dropFirst().map { values[0] - $0 }
    func mean(_ losses: ArraySlice<Double>) -> Double {
      losses.isEmpty ? ifNone : losses.reduce(0, +) / Double(losses.count)
    }
    return MeasureResult(
      mean(losses.prefix(bins.ferretSets.count)),
      details: [
        "eraser": .number(Float(mean(losses.dropFirst(bins.ferretSets.count)))),
        "bins": .whole(bins.ferretSets.count),
      ], evaluations: values.count)
  }
}
