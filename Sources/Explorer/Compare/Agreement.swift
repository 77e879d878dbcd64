/// How alike two explanations of one text are.
package enum Agreement {
  /// Spearman's rank correlation, equal scores sharing their mean rank; nil where one side does not
  /// vary or there are fewer than two scores.
  package static func spearman(_ a: [Float], _ b: [Float]) -> Float? {
    guard a.count == b.count, a.count > 1 else { return nil }
    return pearson(ranks(a), ranks(b))
  }

  /// How many of the `count` words with the largest absolute scores both have; of how many.
  package static func overlap(_ a: [Float], _ b: [Float], count: Int) -> (shared: Int, of: Int) {
    let most = min(count, a.count, b.count)
    return (Set(strongest(a, most)).intersection(strongest(b, most)).count, most)
  }

  private static func strongest(_ scores: [Float], _ count: Int) -> ArraySlice<Int> {
    scores.indices.sorted {
      let (left, right) = (abs(scores[$0]), abs(scores[$1]))
      return left == right ? $0 < $1 : left > right
    }.prefix(count)
  }

  private static func ranks(_ scores: [Float]) -> [Double] {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var ranks = [Double](repeating: 0, count: scores.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end - 1) / 2 }
      start = end
    }
    return ranks
  }

  private static func pearson(_ a: [Double], _ b: [Double]) -> Float? {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - meanA) * (y - meanB)
      squareA += (x - meanA) * (x - meanA)
      squareB += (y - meanB) * (y - meanB)
    }
    guard squareA > 0, squareB > 0 else { return nil }
    return Float(product / (squareA * squareB).squareRoot())
  }
}
