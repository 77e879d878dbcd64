/// fastai's word tokenizer as `learn.predict` runs it for one text: the text rules, the words, their
/// ids. Equal to fastai 2.8.12 with spaCy 3.8.18 on Python 3.11.
public struct FastaiWords: Tokenizer {
  /// How a text is split after the rules.
  public enum Splitter: Sendable {
    /// fastai's `SpacyTokenizer('en')`: spaCy's rules for English.
    case english
    /// fastai's `BaseTokenizer`: at every single space. Two spaces have an empty word between them.
    case singleSpaces
  }

  public let vocabulary: [String]
  public let roles: TokenRoles
  public let rules: [TextRule]
  public let isBackwards: Bool
  private let index: ScalarIndex
  private let unknown: Int
  /// nil splits at single spaces.
  private let english: EnglishWords?

  /// fastai's own tokens, which spaCy never tears apart.
  public static let specialTokens = [
    "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj",
  ]

  /// - Parameters:
  ///   - vocabulary: the tokens by id. `xxfake` fills places and is never found.
  ///   - rules: in the order in which they are applied.
  ///   - backwards: the model reads a text from its end.
  ///   - specialCases: words that stay whole, besides fastai's own tokens.
  /// - Throws: `VocabularyError`.
  public init(
    vocabulary: [String], rules: [TextRule] = TextRule.allCases, splitter: Splitter = .english,
    backwards: Bool = false, specialCases: [String] = []
  ) throws {
    guard !vocabulary.isEmpty else { throw VocabularyError.empty }
    let index = ScalarIndex(vocabulary, ignoring: "xxfake")
    guard let unknown = index.position(of: "xxunk") else {
      throw VocabularyError.missing(token: "xxunk")
    }
    self.vocabulary = vocabulary
    self.index = index
    self.unknown = unknown
    self.rules = rules
    isBackwards = backwards
    roles = TokenRoles(unknown: unknown, padding: index.position(of: "xxpad"))
    english =
      switch splitter {
      case .english: EnglishWords(keeping: Self.specialTokens + specialCases)
      case .singleSpaces: nil
      }
  }

  /// Time and memory grow linearly with the text.
  public func encode(_ text: String) -> Encoding {
    var mapped = MappedText(typed: text)
    for rule in rules { mapped = rule.applied(to: mapped) }
    let tokens = english?.tokens(of: mapped) ?? singleSpaceTokens(of: mapped)
    var pieces: [Piece] = []
    var words = WordCounter()
    pieces.reserveCapacity(tokens.count)
    for token in tokens {
      let scalars = mapped[token]
      let isSpecial = !scalars.isEmpty && scalars.allSatisfy(\.isInserted)
      var piece = Piece(
        text: scalars.string, id: index.position(of: scalars) ?? unknown,
        utf8Range: range(of: token, in: mapped), isSpecial: isSpecial)
      piece.isFrame = isSpecial && Self.frame.contains(piece.text)
      words.add(piece, scalars: scalars, to: &pieces)
    }
    words.finish(&pieces)
    return Encoding(text: text, pieces: isBackwards ? pieces.reversed() : pieces)
  }

  /// Special tokens among the words are known by their names, and keep their place in the text.
  public func encode(words: [String]) -> Encoding {
    var pieces: [Piece] = []
    var counter = WordCounter()
    var start = 0
    for word in words {
      let range = start..<start + word.utf8.count
      let isFrame = Self.frame.contains(word)
      let piece = Piece(
        text: word, id: index.position(of: word) ?? unknown, utf8Range: range,
        isSpecial: isFrame || Self.marks.contains(word), isFrame: isFrame)
      counter.add(piece, scalars: [], to: &pieces)
      start = range.upperBound + 1
    }
    counter.finish(&pieces)
    return Encoding(
      text: words.joined(separator: " "), pieces: isBackwards ? pieces.reversed() : pieces)
  }

  private static let frame = ["xxbos", "xxeos"]
  private static let marks = ["xxpad", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"]

  /// An empty token, beside a single space, stands for nothing, where it is.
  private func range(of token: Range<Int>, in text: MappedText) -> Range<Int> {
    guard token.isEmpty else { return text[token].source }
    let place = token.lowerBound < text.count ? text[token.lowerBound].start : text.last?.end ?? 0
    return place..<place
  }

  private func singleSpaceTokens(of text: MappedText) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start = 0
    for place in text.indices where text[place].value == 0x20 {
      tokens.append(start..<place)
      start = place + 1
    }
    return tokens + [start..<text.count]
  }
}

/// Why a vocabulary can't be used.
public enum VocabularyError: Error, Sendable, Hashable {
  case empty
  case missing(token: String)
}
