/// What is added to attention scores before the softmax, depending on the distance of query and
/// key.
public enum AttentionBias: Sendable {
  case none
  case distances(DistanceBias)
  case disentangled(DisentangledBias)
}

/// A number for each head and distance, as in T5 and MPNet.
public struct DistanceBias: Sendable {
  /// The largest distance that has its own number.
  let reach: Int
  /// `[H, 2 * reach + 1]`, for `key - query` from `-reach` to `reach`.
  let values: [Float]

  /// - Parameter values: `[H, 2 * reach + 1]`.
  public init(reach: Int, values: [Float]) {
    precondition(reach >= 0 && values.count.isMultiple(of: 2 * reach + 1), "a number a distance")
    self.reach = reach
    self.values = values
  }

  /// The range of a head's numbers in `values`, which are ordered by `distance + reach`.
  func row(head: Int) -> Range<Int> { head * (2 * reach + 1)..<(head + 1) * (2 * reach + 1) }
}

/// DeBERTa's products of contents and relative positions: of the query's content with the key of
/// the distance, and of the key's content with the query of the distance. Distances are grouped
/// into buckets.
///
/// Source: He et al. 2020, arXiv:2006.03654, equation 4.
public struct DisentangledBias: Sendable {
  /// The keys of the distances, `[buckets, H * d]`; nil if the model does not have this term.
  let keys: Matrix?
  let queries: Matrix?
  /// The bucket for each `query - key` from `-reach` to `reach`.
  let buckets: [Int]
  let reach: Int

  /// - Parameters:
  ///   - buckets: the bucket for each `query - key` from `-reach` to `reach`; larger distances get
  ///     the last one.
  public init(keys: Matrix?, queries: Matrix?, buckets: [Int]) {
    let rows = (keys ?? queries)?.rows ?? 0
    precondition(!buckets.count.isMultiple(of: 2) && buckets.allSatisfy { 0..<rows ~= $0 })
    precondition(keys == nil || queries == nil || keys?.rows == queries?.rows)
    self.keys = keys
    self.queries = queries
    self.buckets = buckets
    reach = buckets.count / 2
  }

  /// The range that contains the buckets of all distances in a text of this length.
  func bucketRange(tokens: Int) -> Range<Int> {
    let most = min(max(0, tokens - 1), reach)
    let used = buckets[reach - most...reach + most]
    return (used.min() ?? 0)..<(used.max() ?? -1) + 1
  }

  /// The bucket minus `range.lowerBound`, for each `query - key` from `1 - tokens` to `tokens - 1`.
  func relativeBuckets(tokens: Int) -> [Int32] {
    let first = Int32(truncatingIfNeeded: bucketRange(tokens: tokens).lowerBound)
    return (1 - tokens..<max(tokens, 1)).map { distance in
      let clamped = max(-reach, min(reach, distance))
      return Int32(truncatingIfNeeded: buckets[clamped + reach]) - first
    }
  }
}
