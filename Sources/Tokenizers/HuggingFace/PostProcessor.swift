/// What is put around the tokens of a text, and how their places are trimmed.
struct PostProcessor: Sendable, Hashable {
  struct Token: Sendable, Hashable {
    var text: String
    var id: Int
  }

  var before: [Token] = []
  var behind: [Token] = []
  /// Spaces that belong to tokens don't belong to their places.
  var trims: [Trim] = []

  struct Trim: Sendable, Hashable {
    /// A single space in front of the text's first token was added, so that there is none to take.
    var addsPrefixSpace: Bool
  }

  /// One after another: the later goes around.
  mutating func append(_ other: PostProcessor) {
    before = other.before + before
    behind += other.behind
    trims += other.trims
  }
}

extension PostProcessor.Trim {
  /// The place of a token without its spaces, a scalar of the text for each.
  ///
  /// - Parameter text: the token's own text.
  func range(
    of text: some BidirectionalCollection<UInt32>, at range: Range<Int>, isFirst: Bool,
    in typed: String.UTF8View
  ) -> Range<Int> {
    func isSpace(_ scalar: UInt32) -> Bool {
      scalar == ByteAlphabet.space
        || (scalar <= 0x20 || scalar >= 0x7F) && ScalarFacts(of: scalar).has(ScalarFacts.space)
    }
    var leading = text.prefix(while: isSpace).count
    let trailing = text.reversed().prefix(while: isSpace).count
    if leading == 0, trailing == 0 { return range }
    if leading == 1, addsPrefixSpace, isFirst || range.lowerBound == 0 { leading = 0 }
    var (start, end) = (range.lowerBound, range.upperBound)
    for _ in 0..<leading where start < end { start = scalarEnd(after: start, in: typed) }
    start = min(start, range.upperBound)
    for _ in 0..<trailing where end > start { end = scalarStart(before: end, in: typed) }
    return start..<max(start, end)
  }

  private func scalarEnd(after offset: Int, in text: String.UTF8View) -> Int {
    var end = offset + 1
    while end < text.count, isContinuation(end, text) { end += 1 }
    return end
  }

  private func scalarStart(before offset: Int, in text: String.UTF8View) -> Int {
    var start = offset - 1
    while start > 0, isContinuation(start, text) { start -= 1 }
    return start
  }

  private func isContinuation(_ offset: Int, _ text: String.UTF8View) -> Bool {
    text[text.index(text.startIndex, offsetBy: offset)] & 0xC0 == 0x80
  }
}
