internal import Tensors

/// How alike two explanations of one text are.
package enum Agreement {
  /// Spearman's rank correlation, equal scores sharing their mean rank; nil where one side does not
  /// vary, holds what is no number, or there are fewer than two scores.
  package static func spearman(_ a: [Float], _ b: [Float]) -> Float? {
    Correlation.spearman(a.map(Double.init), b.map(Double.init)).map { Float($0) }
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
}
