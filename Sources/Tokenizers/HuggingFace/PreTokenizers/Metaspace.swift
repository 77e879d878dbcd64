/// Replaces spaces with `▁`, prepends one as the scheme says, and splits before each of them.
struct Metaspace: PreTokenizer {
  enum PrependScheme: String, Sendable, CaseIterable {
    /// Only at the start of the text.
    case first
    case never
    case always
  }

  let replacement: UInt32
  let prependScheme: PrependScheme
  let splits: Bool

  func split(_ text: inout SplitText) {
    text.rewrite { scalars, result in
      if let first = scalars.first, first.value != 0x20, first.value != replacement,
        prependScheme == .always || (prependScheme == .first && first.start == 0)
      {
        result.append(AlignedScalar(value: replacement, start: first.start, end: first.end))
      }
      for var scalar in scalars {
        if scalar.value == 0x20 { scalar.value = replacement }
        result.append(scalar)
      }
    } then: { scalars in
      splits ? parts(of: scalars) : [scalars.startIndex..<scalars.endIndex]
    }
  }

  /// Splits before each replacement; the last of several adjacent ones goes with the text that
  /// follows.
  private func parts(of scalars: ArraySlice<AlignedScalar>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = scalars.startIndex
    for place in scalars.indices.dropFirst() where scalars[place].value == replacement {
      result.append(start..<place)
      start = place
    }
    result.append(start..<scalars.endIndex)
    return result
  }
}
