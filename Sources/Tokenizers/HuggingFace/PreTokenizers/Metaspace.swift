/// Spaces become `▁`, one is put in front as the scheme says, and the text is cut before each.
struct Metaspace: PreTokenizer {
  enum PrependScheme: String, Sendable, CaseIterable {
    /// Only where the text begins.
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

  /// Before each replacement; of several side by side the last goes with what follows.
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
