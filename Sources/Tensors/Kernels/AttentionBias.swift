/// What is added to the scores of attention before the softmax, by how far query and key are apart.
public enum AttentionBias: Sendable {
  case none
  case distances(DistanceBias)
  case disentangled(DisentangledBias)
}

/// A number for each head and distance, as in T5 and MPNet.
public struct DistanceBias: Sendable {
  /// The largest distance with a number of its own.
  let reach: Int
  /// `[H, 2 * reach + 1]`, for `key - query` from `-reach` to `reach`.
  let values: [Float]

  /// - Parameter values: `[H, 2 * reach + 1]`.
  public init(reach: Int, values: [Float]) {
    precondition(reach >= 0 && values.count.isMultiple(of: 2 * reach + 1), "a number a distance")
    self.reach = reach
    self.values = values
  }

  /// For a head, at `distance + reach`.
  func row(head: Int) -> Range<Int> { head * (2 * reach + 1)..<(head + 1) * (2 * reach + 1) }
}

/// Products of contents with vectors of distances, as in DeBERTa: of the query with the distance's
/// key, and of the key with the distance's query.
///
/// Source: He et al. 2020, arXiv:2006.03654, equation 4.
public struct DisentangledBias: Sendable {
  /// `[S, H * d]`, one row a place on the scale of distances; nil where the term is left out.
  let keys: Matrix?
  let queries: Matrix?
  /// The place on the scale for `query - key`, from `-reach` to `reach`.
  let places: [Int]
  let reach: Int

  /// - Parameters:
  ///   - places: for `query - key` from `-reach` to `reach`; a larger distance takes the last place.
  public init(keys: Matrix?, queries: Matrix?, places: [Int]) {
    let rows = (keys ?? queries)?.rows ?? 0
    precondition(!places.count.isMultiple(of: 2) && places.allSatisfy { 0..<rows ~= $0 })
    precondition(keys == nil || queries == nil || keys?.rows == queries?.rows)
    self.keys = keys
    self.queries = queries
    self.places = places
    reach = places.count / 2
  }

  /// The places that the distances of a text of so many tokens take: all within one range.
  func placeRange(tokens: Int) -> Range<Int> {
    let most = min(max(0, tokens - 1), reach)
    let used = places[reach - most...reach + most]
    return (used.min() ?? 0)..<(used.max() ?? -1) + 1
  }

  /// `place - range.lowerBound` for `query - key` from `1 - tokens` to `tokens - 1`.
  func relativePlaces(tokens: Int) -> [Int32] {
    let first = Int32(truncatingIfNeeded: placeRange(tokens: tokens).lowerBound)
    return (1 - tokens..<max(tokens, 1)).map { distance in
      let clamped = max(-reach, min(reach, distance))
      return Int32(truncatingIfNeeded: places[clamped + reach]) - first
    }
  }
}
