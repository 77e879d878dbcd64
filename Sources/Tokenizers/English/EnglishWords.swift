/// spaCy's blank English tokenizer: white space, then prefixes and suffixes, exceptions, URLs and
/// infixes, then exceptions over the whole text. Source: spaCy 3.8, `tokenizer.pyx`.
struct EnglishWords: Sendable {
  let exceptions: ScalarIndex
  /// The length of each token of an exception, in scalars.
  let exceptionPieces: [[Int]]
  let longestException: Int
  let units: ScalarIndex
  let longestUnit: Int
  var exceptionPhrases = ExceptionPhrases()

  /// - Parameters:
  ///   - kept: words that are not split, besides the exceptions.
  ///   - own: the tokens of each exception; nil for spaCy's own.
  init(keeping kept: [String], exceptions own: [[String]]? = nil) {
    // Text is split at white space before exceptions are looked up.
    let rules =
      own?.filter { !$0.joined().allSatisfy(\.isWhitespace) }
      ?? englishExceptions.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let known = own.map { _ in Set(rules.map { $0.joined() }) } ?? []
    let kept = kept.filter { !$0.isEmpty && !known.contains($0) }
    exceptions = ScalarIndex(rules.map { $0.joined() } + kept)
    exceptionPieces =
      rules.map { $0.map(\.unicodeScalars.count) } + kept.map { [$0.unicodeScalars.count] }
    longestException = exceptionPieces.map { $0.reduce(0, +) }.max() ?? 0
    units = ScalarIndex(englishUnits.split(separator: "\n").map { String($0) })
    longestUnit = units.words.map(\.unicodeScalars.count).max() ?? 0
    addExceptionPhrases()
  }

  /// The tokens as ranges of scalars, in order, with one space at most between them.
  func tokens(of text: MappedText) -> [Range<Int>] {
    exceptionPhrases.retokenized(words(of: text, withExceptions: true), of: text) {
      exceptionPieces(of: $0)
    }
  }

  /// The lengths of an exception's tokens; nil if the string is not one.
  func exceptionPieces(of string: MappedSlice) -> [Int]? {
    guard string.count <= longestException else { return nil }
    return exceptions.position(of: string).map { exceptionPieces[$0] }
  }

  /// White space other than a single space between words is a token as well.
  private func words(of text: MappedText, withExceptions: Bool) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    let text = text[...]
    var start = 0
    while start < text.endIndex {
      let inSpace = text[start].isSpace
      var end = text.end(from: start) { $0.isSpace == inSpace }
      if inSpace {
        tokens.append(start..<end)
      } else {
        split(text[start..<end], withExceptions: withExceptions, into: &tokens)
        if end < text.endIndex && text[end].value == 0x20 { end += 1 }
      }
      start = end
    }
    return tokens
  }

  private func split(
    _ word: MappedSlice, withExceptions: Bool, into tokens: inout [Range<Int>]
  ) {
    var suffixes: [Range<Int>] = []
    let rest = strip(word, withExceptions: withExceptions, prefixes: &tokens, suffixes: &suffixes)
    if rest.isEmpty {
      // The word consisted of affixes only.
    } else if withExceptions, let lengths = exceptionPieces(of: rest) {
      appendPieces(lengths, from: rest.startIndex, to: &tokens)
    } else if isURL(rest) {
      tokens.append(rest.indices)
    } else {
      splitInfixes(rest, into: &tokens)
    }
    tokens += suffixes.reversed()
  }

  /// Strips a prefix and a suffix in turn until the rest is an exception or has neither.
  private func strip(
    _ word: MappedSlice, withExceptions: Bool, prefixes: inout [Range<Int>],
    suffixes: inout [Range<Int>]
  ) -> MappedSlice {
    func isException(_ string: MappedSlice) -> Bool {
      withExceptions && !string.isEmpty && exceptionPieces(of: string) != nil
    }
    var rest = word
    while !rest.isEmpty && !isException(rest) {
      let prefix = prefixLength(of: rest)
      let withoutPrefix = rest.dropFirst(prefix)
      if prefix > 0 && isException(withoutPrefix) {
        prefixes.append(rest.prefix(prefix).indices)
        return withoutPrefix
      }
      let suffix = suffixLength(of: withoutPrefix)
      let withoutSuffix = rest.dropLast(suffix)
      if suffix > 0 && isException(withoutSuffix) {
        suffixes.append(rest.suffix(suffix).indices)
        return withoutSuffix
      }
      if prefix == 0 && suffix == 0 { break }
      if prefix > 0 { prefixes.append(rest.prefix(prefix).indices) }
      if suffix > 0 { suffixes.append(rest.suffix(suffix).indices) }
      rest = withoutPrefix.dropLast(suffix)
    }
    return rest
  }

  private mutating func addExceptionPhrases() {
    var phrases = ExceptionPhrases()
    for word in exceptions.words {
      let text = MappedText(typed: word)
      let string = text[...]
      // spaCy searches the whole text only for exceptions that the affix rules could split.
      guard
        prefixLength(of: string) > 0 || suffixLength(of: string) > 0
          || !infixes(of: string).isEmpty || string.contains(where: { $0.value == 0x20 })
      else { continue }
      phrases.add(words(of: text, withExceptions: false).map { text[$0].string })
    }
    phrases.finish()
    exceptionPhrases = phrases
  }
}

/// Appends the ranges of consecutive tokens.
func appendPieces(_ lengths: [Int], from start: Int, to tokens: inout [Range<Int>]) {
  var start = start
  for length in lengths {
    tokens.append(start..<start + length)
    start += length
  }
}
