/// Finds the tokens of a text by a `Splitting`. Takes time linear in the text; a regular expression
/// takes a bounded number of steps.
struct TextSplitter: Sendable {
  let splitting: Splitting
  /// The most scalars in a bracket of `smiles-characters`: MolPMoFiT's ten, or the longest in the
  /// vocabulary.
  private let longestBracket: Int
  private let pattern: RegexPattern?

  /// - Throws: `SplittingError`.
  init(_ splitting: Splitting, vocabulary: [String]) throws {
    self.splitting = splitting
    var pattern: RegexPattern?
    if case .regex(let text) = splitting.method {
      do {
        pattern = try RegexPattern(text)
      } catch let error as RegexError {
        throw SplittingError.pattern(text, error)
      }
    }
    self.pattern = pattern
    let brackets = vocabulary.filter { $0.hasPrefix("[") && $0.hasSuffix("]") }
    longestBracket = max(10, (brackets.map(\.unicodeScalars.count).max() ?? 2) - 2)
  }

  /// Whether a token is a word of its own even if a letter directly precedes it.
  var tokensAreWords: Bool { splitting.method != .characters }

  func tokens(of text: MappedText) -> [Range<Int>] {
    switch splitting.method {
    case .smiles: SMILES.tokens(of: text)
    case .smilesCharacters: SMILES.characters(of: text, longestBracket: longestBracket)
    case .characters: text.indices.map { $0..<$0 + 1 }
    case .spaces: text.rangesBetweenWhiteSpace
    case .words: text.unicodeWords
    case .regex: matches(in: text)
    }
  }

  private func matches(in text: MappedText) -> [Range<Int>] {
    let scalars = text.map { AlignedScalar(value: $0.value, start: 0, end: 0) }
    return pattern?.matches(in: scalars[...]).filter { !$0.isEmpty } ?? []
  }
}

extension MappedText {
  fileprivate var rangesBetweenWhiteSpace: [Range<Int>] {
    var tokens: [Range<Int>] = []
    var place = 0
    while place < count {
      let end = self[...].end(from: place) { !$0.isSpace }
      if end > place { tokens.append(place..<end) }
      place = end + 1
    }
    return tokens
  }

  fileprivate var unicodeWords: [Range<Int>] {
    let text = self[...].string
    // Maps UTF-8 offsets of the string to indices of `text`.
    var places = [Int](repeating: 0, count: text.utf8.count + 1)
    var offset = 0
    for (place, scalar) in text.unicodeScalars.enumerated() {
      places[offset] = place
      offset += UTF8.width(scalar)
    }
    places[offset] = count
    return UnicodeWords.ranges(of: text).map { places[$0.lowerBound]..<places[$0.upperBound] }
  }
}
