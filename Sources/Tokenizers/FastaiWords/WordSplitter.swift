/// Splits a text that fastai's rules have rewritten, and adds a custom tokenizer's frame.
struct WordSplitter: Sendable {
  private enum Kind: Sendable {
    case english(EnglishWords)
    case singleSpaces
    case own(TextSplitter)
  }

  private let kind: Kind
  private let ids: TokenIDs
  /// The id of brackets outside the vocabulary in MolPMoFiT's tokenizer.
  private let unknownBracket: Int?

  /// - Parameters:
  ///   - keeping: words that spaCy never splits.
  ///   - exceptions: the tokens of each spaCy exception; nil for the built-in ones.
  /// - Throws: `SplittingError`; `VocabularyError` if a token of the custom tokenizer's frame is
  ///   missing.
  init(
    _ splitter: FastaiWords.Splitter, ids: TokenIDs, keeping: [String],
    exceptions: [[String]]? = nil
  ) throws {
    self.ids = ids
    switch splitter {
    case .english: kind = .english(EnglishWords(keeping: keeping, exceptions: exceptions))
    case .singleSpaces: kind = .singleSpaces
    case .own(let splitting):
      for token in splitting.before + splitting.after where ids.position(of: token) == nil {
        throw VocabularyError.missing(token: token)
      }
      kind = .own(try TextSplitter(splitting, vocabulary: ids.vocabulary))
    }
    if case .own(let splitting) = splitter, splitting.method == .smilesCharacters {
      unknownBracket = ids.position(of: "[UNK]")
    } else {
      unknownBracket = nil
    }
  }

  /// The name of this step in a trace.
  var name: String {
    switch kind {
    case .english: "spaCy words"
    case .singleSpaces: "split at spaces"
    case .own(let own): own.splitting.name
    }
  }

  /// Whether each token is a word of its own; nil if adjacent letters form one word.
  var continues: Bool? {
    if case .own(let own) = kind, own.tokensAreWords { false } else { nil }
  }

  func tokens(of text: MappedText) -> [Range<Int>] {
    switch kind {
    case .english(let english): english.tokens(of: text)
    case .singleSpaces: text.rangesBetweenSpaces
    case .own(let own): own.tokens(of: text)
    }
  }

  func id(of token: MappedSlice) -> Int {
    let isBracket = token.first?.value == 0x5B && token.count > 1
    return ids.id(of: token, unknown: isBracket ? unknownBracket : nil)
  }

  /// Frame tokens: neither typed nor written by a rule.
  var frame: Set<String> {
    if case .own(let own) = kind {
      FastaiWords.frame.union(own.splitting.before + own.splitting.after)
    } else {
      FastaiWords.frame
    }
  }

  /// The pieces inside the custom tokenizer's frame.
  /// - Parameter end: the end of the text.
  func framed(_ pieces: [Piece], end: Int) -> [Piece] {
    guard case .own(let own) = kind else { return pieces }
    func frame(_ tokens: [String], at place: Int) -> [Piece] {
      tokens.map {
        Piece(
          text: $0, id: ids.id(of: $0), utf8Range: place..<place, isSpecial: true, isFrame: true)
      }
    }
    return frame(own.splitting.before, at: 0) + pieces
      + frame(own.splitting.after, at: end)
  }
}
