/// Joins exceptions that the affix rules have split, over the whole text, as spaCy's
/// `_apply_special_cases` does with a `PhraseMatcher`.
struct ExceptionPhrases: Sendable {
  private var phrases: [[String]] = []
  private var tokens = ScalarIndex([])
  /// A trie over the tokens' positions in `tokens`; node 0 is the root.
  private var children: [[Int: Int]] = [[:]]
  private var isEnd: [Bool] = [false]

  mutating func add(_ phrase: [String]) {
    phrases.append(phrase)
  }

  /// Call after the last phrase was added.
  mutating func finish() {
    tokens = ScalarIndex(phrases.flatMap { $0 })
    for phrase in phrases {
      var node = 0
      for token in phrase.compactMap({ tokens.position(of: $0) }) {
        if let child = children[node][token] {
          node = child
        } else {
          children.append([:])
          isEnd.append(false)
          children[node][token] = children.count - 1
          node = children.count - 1
        }
      }
      isEnd[node] = true
    }
    phrases = []
  }

  /// - Parameter pieces: the lengths of an exception's tokens; nil if a string is not one.
  func retokenized(
    _ words: [Range<Int>], of text: MappedText, pieces: (MappedSlice) -> [Int]?
  ) -> [Range<Int>] {
    let spans = chosen(matches(words, of: text), of: words.count)
    guard !spans.isEmpty else { return words }
    var result: [Range<Int>] = []
    var next = 0
    for span in spans {
      result += words[next..<span.lowerBound]
      let scalars = words[span.lowerBound].lowerBound..<words[span.upperBound - 1].upperBound
      if let lengths = pieces(text[scalars]) {
        appendPieces(lengths, from: scalars.lowerBound, to: &result)
      } else {
        result += words[span]
      }
      next = span.upperBound
    }
    return result + words[next...]
  }

  private func matches(_ words: [Range<Int>], of text: MappedText) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    for start in words.indices {
      var node = 0
      var end = start
      while end < words.endIndex, !children[node].isEmpty,
        let token = tokens.position(of: text[words[end]]), let child = children[node][token]
      {
        node = child
        end += 1
        if isEnd[node] { matches.append(start..<end) }
      }
    }
    return matches
  }

  /// The longest matches, the leftmost of equal ones. A match that touches a chosen one at either
  /// end is dropped, but still blocks its own words.
  private func chosen(_ matches: [Range<Int>], of count: Int) -> [Range<Int>] {
    guard !matches.isEmpty else { return [] }
    var isSeen = [Bool](repeating: false, count: count)
    var chosen: [Range<Int>] = []
    let order = matches.sorted {
      $0.count == $1.count ? $0.lowerBound < $1.lowerBound : $0.count > $1.count
    }
    for span in order {
      if !isSeen[span.lowerBound] && !isSeen[span.upperBound - 1] { chosen.append(span) }
      for word in span { isSeen[word] = true }
    }
    return chosen.sorted { $0.lowerBound < $1.lowerBound }
  }
}
