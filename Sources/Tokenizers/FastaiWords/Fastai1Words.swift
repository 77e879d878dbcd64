/// fastai 1's word tokenizer, as `learn.predict` runs it on one text: text rules, splitting, word
/// rules, ids. Equal to fastai 1.0.61 except where spaCy has changed since.
public struct Fastai1Words: Tokenizer {
  public let rules: [Fastai1TextRule]
  public let isBackwards: Bool
  private let ids: TokenIDs
  private let splitter: WordSplitter

  /// - Parameters: as in `FastaiWords`; word rules run after all text rules.
  /// - Throws: `VocabularyError`, `SplittingError`.
  public init(
    vocabulary: [String], rules: [Fastai1TextRule], splitter: FastaiWords.Splitter = .english,
    backwards: Bool = false, specialCases: [String] = FastaiWords.specialTokens,
    hasFiller: Bool = true
  ) throws {
    ids = try TokenIDs(vocabulary, hasFiller: hasFiller)
    self.rules = rules
    isBackwards = backwards
    self.splitter = try WordSplitter(splitter, ids: ids, keeping: specialCases)
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
    var mapped = texts.mapped(for: rules)
    for rule in rules {
      mapped = rule.applied(to: mapped)
      if !rule.isForWords { note(rule.rawValue, 0) { .text(mapped[...].string) } }
    }
    var words = splitter.tokens(of: mapped).map { MappedText(mapped[$0]) }
    note(splitter.name, 0) {
      .parts(words.map { $0[...].string })
    }
    for rule in rules {
      words = rule.applied(toWords: words)
      if rule.isForWords { note(rule.rawValue, 0) { .parts(words.map { $0[...].string }) } }
    }
    var pieces: [Piece] = []
    var counter = WordCounter()
    pieces.reserveCapacity(words.count)
    var place = 0
    for word in words {
      let isSpecial = !word.isEmpty && word.allSatisfy(\.isInserted)
      let range = word.isEmpty ? place..<place : word[...].source
      var piece = Piece(
        text: word[...].string, id: splitter.id(of: word[...]), utf8Range: range,
        isSpecial: isSpecial)
      piece.isFrame = isSpecial && FastaiWords.frame.contains(piece.text)
      counter.add(piece, scalars: word[...], continues: splitter.continues, to: &pieces)
      place = range.upperBound
    }
    counter.finish(&pieces)
    return texts.encoding(splitter.framed(pieces, end: texts.end), reversed: isBackwards)
  }

  public func encode(words: [String]) -> Encoding {
    ids.encode(words: words, frame: splitter.frame, marks: FastaiWords.marks, reversed: isBackwards)
  }

  public var vocabulary: [String] { ids.vocabulary }
  public var roles: TokenRoles { ids.roles }
}
