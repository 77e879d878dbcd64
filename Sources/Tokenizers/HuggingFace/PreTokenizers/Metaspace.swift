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
    text.rewrite { scalars in
      var text = AlignedText(Array(scalars))
      text.map { $0 == 0x20 ? replacement : $0 }
      if let first = text.scalars.first, first.value != replacement,
        prependScheme == .always || (prependScheme == .first && first.start == 0)
      {
        text.prepend([replacement])
      }
      return text
    } then: { scalars in
      guard splits else { return [scalars.startIndex..<scalars.endIndex] }
      let matches = scalars.matches { $0 == replacement }
      return SplitBehavior.mergedWithNext.parts(of: scalars, matches: matches)
    }
  }
}
