internal import Tensors

/// Measures of agreement between two explanations of one text.
package enum Agreement {
  /// Spearman's rank correlation; equal scores share their mean rank. Nil if one side does not vary
  /// or contains NaN, or if there are fewer than two scores.
  package static func spearman(_ a: [Float], _ b: [Float]) -> Float? {
    Correlation.spearman(a.map(Double.init), b.map(Double.init)).map { Float($0) }
  }

  /// How many words are among the `count` largest absolute scores of both, and the number that was
  /// compared.
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
