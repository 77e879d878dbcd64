/// Correlation coefficients of two rows of numbers.
public enum Correlation {
  /// Pearson's r; nil if a row is constant, has fewer than two numbers or contains a number that is
  /// not finite.
  public static func pearson(_ a: [Double], _ b: [Double]) -> Double? {
    guard a.count == b.count, a.count > 1, (a + b).allSatisfy(\.isFinite) else { return nil }
    let n = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - meanA) * (y - meanB)
      squareA += (x - meanA) * (x - meanA)
      squareB += (y - meanB) * (y - meanB)
    }
    let scale = (squareA * squareB).squareRoot()
    return scale > 0 ? max(-1, min(1, product / scale)) : nil
  }

  /// Kendall's tau-b, as scipy's `kendalltau`; nil if a row is constant or contains a number that
  /// is not finite.
  public static func kendall(_ a: [Double], _ b: [Double]) -> Double? {
    guard a.count == b.count, (a + b).allSatisfy(\.isFinite) else { return nil }
    var (agreement, untiedInA, untiedInB) = (0.0, 0.0, 0.0)
    for i in a.indices {
      for j in 0..<i {
        let (x, y) = (sign(a[i] - a[j]), sign(b[i] - b[j]))
        agreement += x * y
        untiedInA += x * x
        untiedInB += y * y
      }
    }
    let scale = (untiedInA * untiedInB).squareRoot()
    return scale > 0 ? agreement / scale : nil
  }

  /// Spearman's rho, where equal numbers share the mean of their ranks; nil as for Pearson's r.
  public static func spearman(_ a: [Double], _ b: [Double]) -> Double? {
    guard a.count == b.count, (a + b).allSatisfy(\.isFinite) else { return nil }
    return pearson(ranks(a), ranks(b))
  }

  private static func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }
}
