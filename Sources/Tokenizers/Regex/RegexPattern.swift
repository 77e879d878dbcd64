/// A regular expression as Hugging Face's tokenizers use it: Oniguruma's syntax and semantics, all
/// matches in order. Time and memory are bounded, because patterns come from untrusted files: if a
/// text takes too many steps, there are no further matches.
struct RegexPattern: Sendable {
  private let program: RegexProgram
  /// The text to search for if the expression is a plain string.
  private let literal: [UInt32]?

  /// - Throws: `RegexError`.
  init(_ pattern: String) throws {
    program = try RegexProgram(RegexParser.parse(pattern))
    literal = nil
  }

  init(literal text: String) throws {
    literal = text.scalarValues
    program = try RegexProgram(.sequence([]))
  }

  /// Ranges of the text, including empty ones, unless they directly follow another match.
  func matches(in text: ArraySlice<AlignedScalar>) -> [Range<Int>] {
    if let literal, !literal.isEmpty { return matches(of: literal, in: text) }
    var matcher = RegexMatcher(program, text)
    var result: [Range<Int>] = []
    var place = text.startIndex
    var lastEnd: Int?
    search: while place <= text.endIndex {
      var start = place
      while true {
        if let end = matcher.end(from: start) {
          if end == start, lastEnd == end {
            place = end + 1
          } else {
            result.append(start..<end)
            lastEnd = end
            place = end
          }
          continue search
        }
        start += 1
        if start > text.endIndex { break search }
      }
    }
    return result
  }

  private func matches(
    of literal: [UInt32], in text: ArraySlice<AlignedScalar>
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var place = text.startIndex
    while place + literal.count <= text.endIndex {
      let isMatch = literal.indices.allSatisfy { text[place + $0].value == literal[$0] }
      if isMatch { result.append(place..<place + literal.count) }
      place += isMatch ? literal.count : 1
    }
    return result
  }
}
