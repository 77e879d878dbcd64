/// The colour level of a score: five steps against the target, none, five steps for it.
public enum HeatLevel {
  public static let most = 5

  /// `round(5 a / scale)`, clamped to -5…5; 0 if there is no scale or the score is NaN.
  ///
  /// Scores below a tenth of the scale therefore have no colour.
  public static func level(of score: Float, scale: Float) -> Int {
    let share = score / scale
    guard scale > 0, share.isFinite else { return 0 }
    return Int((min(max(share, -1), 1) * Float(most)).rounded())
  }
}

extension TokenAttribution {
  /// The largest finite absolute score, which is the scale of levels; 0 if there is none.
  public var largestMagnitude: Float {
    scores.lazy.filter(\.isFinite).map { abs($0) }.max() ?? 0
  }

  /// Each token's level, -5…5.
  /// - Parameter scale: the score of level 5; nil for the largest in the text.
  public func levels(scale: Float? = nil) -> [Int] {
    let scale = scale ?? largestMagnitude
    return scores.map { HeatLevel.level(of: $0, scale: scale) }
  }

  /// Token indices by descending absolute score; equal ones in the order of the text, NaN last.
  public func ranking() -> [Int] {
    func magnitude(_ index: Int) -> Float {
      scores[index].isNaN ? -1 : abs(scores[index])
    }
    return scores.indices.sorted {
      (magnitude($0), $1) > (magnitude($1), $0)
    }
  }
}
