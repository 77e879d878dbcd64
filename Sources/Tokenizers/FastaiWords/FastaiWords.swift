/// fastai's word tokenizer as `learn.predict` runs it for one text: the text rules, the words, their
/// ids. Equal to fastai 2.8.12 with spaCy 3.8.18 on Python 3.11.
public struct FastaiWords: Tokenizer {
  /// How a text is split after the rules.
  public enum Splitter: Sendable {
    /// fastai's `SpacyTokenizer('en')`: spaCy's rules for English.
    case english
    /// fastai's `BaseTokenizer`: at every single space. Two spaces have an empty word between them.
    case singleSpaces
    /// As a tokenizer of somebody's own does.
    case own(Splitting)
  }

  public let rules: [TextRule]
  public let isBackwards: Bool
  private let ids: TokenIDs
  private let splitter: WordSplitter

  /// fastai's own tokens, which spaCy never tears apart.
  public static let specialTokens = [
    "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj",
  ]

  /// - Parameters:
  ///   - vocabulary: the tokens by id; the first stands for what is not among them.
  ///   - rules: in the order in which they are applied.
  ///   - backwards: the model reads a text from its end.
  ///   - specialCases: words that stay whole, besides fastai's own tokens.
  ///   - exceptions: the pieces of spaCy's exceptions, where they are not those that are built in.
  ///   - hasFiller: `xxfake`, which fills places, is found all the same.
  /// - Throws: `VocabularyError`, `SplittingError`.
  public init(
    vocabulary: [String], rules: [TextRule] = TextRule.allCases, splitter: Splitter = .english,
    backwards: Bool = false, specialCases: [String] = [], exceptions: [[String]]? = nil,
    hasFiller: Bool = false
  ) throws {
    ids = try TokenIDs(vocabulary, hasFiller: hasFiller)
    self.rules = rules
    isBackwards = backwards
    self.splitter = try WordSplitter(
      splitter, ids: ids, keeping: Self.specialTokens + specialCases, exceptions: exceptions)
  }

  /// Time and memory grow linearly with the text.
  /// Two texts are the columns of a table that fastai joins.
  public func encode(_ text: String, pair: String?) -> Encoding {
    encode(JoinedTexts(text: text, pair: pair)) { _, _, _ in }
  }

  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    traced { encode(JoinedTexts(text: text, pair: pair), note: $0) }
  }

  private func encode(_ texts: JoinedTexts, note: StepNote) -> Encoding {
    var mapped = texts.marked
    for rule in rules {
      mapped = rule.applied(to: mapped)
      note(rule.rawValue, 0) { .text(mapped[...].string) }
    }
    let tokens = splitter.tokens(of: mapped)
    note(splitter.name, 0) {
      .parts(tokens.map { mapped[$0].string })
    }
    var pieces: [Piece] = []
    var words = WordCounter()
    pieces.reserveCapacity(tokens.count)
    for token in tokens {
      let scalars = mapped[token]
      let isSpecial = !scalars.isEmpty && scalars.allSatisfy(\.isInserted)
      var piece = Piece(
        text: scalars.string, id: splitter.id(of: scalars),
        utf8Range: range(of: token, in: mapped), isSpecial: isSpecial)
      piece.isFrame = isSpecial && Self.frame.contains(piece.text)
      words.add(piece, scalars: scalars, continues: splitter.continues, to: &pieces)
    }
    words.finish(&pieces)
    return texts.encoding(splitter.framed(pieces, end: texts.end), reversed: isBackwards)
  }

  /// Special tokens among the words are known by their names, and keep their place in the text.
  public func encode(words: [String]) -> Encoding {
    var encoding = ids.encode(words: words, frame: splitter.frame, marks: Self.marks)
    if isBackwards { encoding.pieces.reverse() }
    return encoding
  }

  public var vocabulary: [String] { ids.vocabulary }
  public var roles: TokenRoles { ids.roles }

  static let frame: Set = ["xxbos", "xxeos"]
  static let marks: Set = ["xxpad", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"]

  /// An empty token, beside a single space, stands for nothing, where it is.
  private func range(of token: Range<Int>, in text: MappedText) -> Range<Int> {
    guard token.isEmpty else { return text[token].source }
    let place = token.lowerBound < text.count ? text[token.lowerBound].start : text.last?.end ?? 0
    return place..<place
  }
}

extension MappedText {
  /// What stands between single spaces: two spaces have an empty token between them.
  var rangesBetweenSpaces: [Range<Int>] {
    var tokens: [Range<Int>] = []
    var start = 0
    for place in indices where self[place].value == 0x20 {
      tokens.append(start..<place)
      start = place + 1
    }
    return tokens + [start..<count]
  }
}
