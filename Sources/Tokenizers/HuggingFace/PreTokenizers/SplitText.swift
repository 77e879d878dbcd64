/// A text, and how added tokens and pre-tokenizers have split it so far.
struct SplitText: Sendable {
  struct Split: Sendable, Hashable {
    /// Indices of `scalars`; never empty.
    var range: Range<Int>
    /// The id of an added token, which is not split further.
    var token: Int32?
  }

  var scalars: [AlignedScalar] = []
  var splits: [Split] = []
  /// The most scalars of the whole text: an untrusted file's pre-tokenizers could add to every
  /// split again and again.
  let growthLimit: Int

  init(growthLimit: Int) {
    self.growthLimit = growthLimit
  }

  /// Splits everything but added tokens; empty parts are dropped.
  mutating func cut(_ parts: (ArraySlice<AlignedScalar>) -> [Range<Int>]) {
    var result: [Split] = []
    result.reserveCapacity(splits.count * 2)
    for split in splits {
      if split.token != nil {
        result.append(split)
      } else {
        for range in parts(scalars[split.range]) where !range.isEmpty {
          result.append(Split(range: range))
        }
      }
    }
    splits = result
  }

  /// Rewrites everything but added tokens, then splits the result.
  ///
  /// - Parameter parts: nil to split no further.
  @inline(__always)
  mutating func rewrite(
    _ change: (ArraySlice<AlignedScalar>, _ result: inout [AlignedScalar]) -> Void,
    then parts: ((ArraySlice<AlignedScalar>) -> [Range<Int>])? = nil
  ) {
    var result = SplitText(growthLimit: growthLimit)
    result.scalars.reserveCapacity(scalars.count + splits.count)
    result.splits.reserveCapacity(splits.count)
    for split in splits {
      let start = result.scalars.count
      if let token = split.token {
        result.scalars += scalars[split.range]
        result.splits.append(Split(range: start..<result.scalars.count, token: token))
        continue
      }
      change(scalars[split.range], &result.scalars)
      guard let parts else {
        if result.scalars.count > start {
          result.splits.append(Split(range: start..<result.scalars.count))
        }
        continue
      }
      for range in parts(result.scalars[start...]) where !range.isEmpty {
        result.splits.append(Split(range: range))
      }
    }
    self = result
  }
}

/// What happens to delimiters when a text is split.
enum SplitBehavior: String, Sendable, CaseIterable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  /// The parts of a text, given the ranges of its delimiters or, if inverted, the ranges between
  /// them.
  func parts(
    of text: ArraySlice<AlignedScalar>, matches: [Range<Int>], inverted: Bool = false
  ) -> [Range<Int>] {
    var pieces: [(range: Range<Int>, isDelimiter: Bool)] = []
    pieces.reserveCapacity(matches.count * 2 + 1)
    var end = text.startIndex
    for match in matches {
      if end != match.lowerBound { pieces.append((end..<match.lowerBound, inverted)) }
      pieces.append((match, !inverted))
      end = match.upperBound
    }
    if end != text.endIndex { pieces.append((end..<text.endIndex, inverted)) }
    switch self {
    case .removed: return pieces.compactMap { $0.isDelimiter ? nil : $0.range }
    case .isolated: return pieces.map(\.range)
    case .contiguous: return merge(pieces) { $0 == $1 }
    case .mergedWithPrevious: return merge(pieces) { $0 && !$1 }
    case .mergedWithNext: return mergeWithNext(pieces)
    }
  }

  /// Merges a piece with its predecessor if `joins(piece is a delimiter, predecessor is one)`.
  private func merge(
    _ pieces: [(range: Range<Int>, isDelimiter: Bool)], _ joins: (Bool, Bool) -> Bool
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var previous = false
    for piece in pieces {
      if joins(piece.isDelimiter, previous), let last = result.last {
        result[result.count - 1] = last.lowerBound..<piece.range.upperBound
      } else {
        result.append(piece.range)
      }
      previous = piece.isDelimiter
    }
    return result
  }

  private func mergeWithNext(
    _ pieces: [(range: Range<Int>, isDelimiter: Bool)]
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var previous = false
    for piece in pieces.reversed() {
      if piece.isDelimiter, !previous, let last = result.last {
        result[result.count - 1] = piece.range.lowerBound..<last.upperBound
      } else {
        result.append(piece.range)
      }
      previous = piece.isDelimiter
    }
    return result.reversed()
  }
}

extension ArraySlice<AlignedScalar> {
  /// A range for each scalar that meets a condition.
  func matches(where condition: (UInt32) -> Bool) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for place in indices where condition(self[place].value) { result.append(place..<place + 1) }
    return result
  }
}
