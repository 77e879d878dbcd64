/// How a score is painted: five steps against, none, five steps for.
public enum HeatLevel {
  public static let most = 5

  /// `round(5 a / scale)`, held to -5…5; 0 where there is no scale or the score is no number.
  ///
  /// What is below a tenth of the scale thus has no paint at all.
  public static func level(of score: Float, scale: Float) -> Int {
    let share = score / scale
    guard scale > 0, share.isFinite else { return 0 }
    return Int((min(max(share, -1), 1) * Float(most)).rounded())
  }
}

extension TokenAttribution {
  /// The largest absolute score that is a number, the scale of levels; 0 where there is none.
  public var largestMagnitude: Float {
    scores.lazy.filter(\.isFinite).map { abs($0) }.max() ?? 0
  }

  /// Each token's level, -5…5.
  /// - Parameter scale: the score that counts as 5; nil is the text's own largest.
  public func levels(scale: Float? = nil) -> [Int] {
    let scale = scale ?? largestMagnitude
    return scores.map { HeatLevel.level(of: $0, scale: scale) }
  }

  /// Token indices, the largest absolute score first, equal ones in the order of the text; what is
  /// no number comes last.
  public func ranking() -> [Int] {
    func magnitude(_ index: Int) -> Float {
      scores[index].isNaN ? -1 : abs(scores[index])
    }
    return scores.indices.sorted {
      (magnitude($0), $1) > (magnitude($1), $0)
    }
  }
}
