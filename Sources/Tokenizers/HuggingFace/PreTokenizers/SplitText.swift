/// A text in pieces: what added tokens and pre-tokenizers have cut so far.
struct SplitText: Sendable {
  struct Split: Sendable, Hashable {
    /// Places in `scalars`; never empty.
    var range: Range<Int>
    /// An added token: no more to be cut.
    var token: Int32?
  }

  var scalars: [AlignedScalar] = []
  var splits: [Split] = []
  /// How long the whole may become: pre-tokenizers from others could add to each split over and over.
  let growthLimit: Int

  init(growthLimit: Int) {
    self.growthLimit = growthLimit
  }

  /// Cuts each split that is no token into parts; empty parts fall away.
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

  /// Rewrites each split that is no token, then cuts what it has become.
  ///
  /// - Parameter parts: nil to cut no further.
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

/// What becomes of the delimiters where a text is split.
enum SplitBehavior: String, Sendable, CaseIterable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  /// The parts of a text, given where its delimiters stand, or (inverted) what stands between them.
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

  /// Merges a piece with the one before it where `joins(piece is delimiter, the one before is)`.
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
  /// A place for each scalar that meets a condition.
  func matches(where condition: (UInt32) -> Bool) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for place in indices where condition(self[place].value) { result.append(place..<place + 1) }
    return result
  }
}
