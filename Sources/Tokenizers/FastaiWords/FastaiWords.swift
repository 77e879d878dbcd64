/// fastai's word tokenizer, as `learn.predict` runs it on one text: text rules, splitting, ids.
/// Equal to fastai 2.8.12 with spaCy 3.8.18 on Python 3.11.
public struct FastaiWords: Tokenizer {
  /// How a text is split once the rules have run.
  public enum Splitter: Sendable {
    /// fastai's `SpacyTokenizer('en')`: spaCy's rules for English.
    case english
    /// fastai's `BaseTokenizer`: splits at every space, so that an empty word lies between two
    /// spaces.
    case singleSpaces
    /// A custom tokenizer's splitting.
    case own(Splitting)
  }

  public let rules: [TextRule]
  public let isBackwards: Bool
  private let ids: TokenIDs
  private let splitter: WordSplitter

  /// fastai's own tokens, which spaCy never splits.
  public static let specialTokens = [
    "xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj",
  ]

  /// - Parameters:
  ///   - vocabulary: the tokens by id; the first is the unknown token.
  ///   - rules: in the order in which they run.
  ///   - backwards: the model reads texts from the end.
  ///   - specialCases: words that are not split, besides fastai's own tokens.
  ///   - exceptions: the tokens of each spaCy exception; nil for the built-in ones.
  ///   - hasFiller: look up `xxfake`, the vocabulary's padding, like any other token.
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

  /// Takes time and memory linear in the text. Two texts are joined as fastai joins the columns of
  /// a table.
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

  public func encode(words: [String]) -> Encoding {
    ids.encode(words: words, frame: splitter.frame, marks: Self.marks, reversed: isBackwards)
  }

  public var vocabulary: [String] { ids.vocabulary }
  public var roles: TokenRoles { ids.roles }

  static let frame: Set = ["xxbos", "xxeos"]
  static let marks: Set = ["xxpad", "xxfld", "xxrep", "xxwrep", "xxup", "xxmaj"]

  /// The range of a token; an empty token, beside a space, has an empty range.
  private func range(of token: Range<Int>, in text: MappedText) -> Range<Int> {
    guard token.isEmpty else { return text[token].source }
    let place = token.lowerBound < text.count ? text[token.lowerBound].start : text.last?.end ?? 0
    return place..<place
  }
}

extension MappedText {
  /// The ranges between single spaces; an empty one lies between two spaces.
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
