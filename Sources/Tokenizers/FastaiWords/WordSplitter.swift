/// Splits what fastai's rules have made of a text, and knows what its owner's tokenizer adds.
struct WordSplitter: Sendable {
  private enum Kind: Sendable {
    case english(EnglishWords)
    case singleSpaces
    case own(TextSplitter)
  }

  private let kind: Kind
  private let ids: TokenIDs
  /// What MolPMoFiT's tokenizer makes of brackets that it does not know.
  private let unknownBracket: Int?

  /// - Parameters:
  ///   - keeping: what spaCy never tears apart.
  ///   - exceptions: the pieces of spaCy's exceptions, where they are not those that are built in.
  /// - Throws: `SplittingError`; `VocabularyError` where a token that the owner's tokenizer puts around
  ///   a text is missing.
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

  /// What a step of a tokenization is called.
  var name: String {
    switch kind {
    case .english: "spaCy words"
    case .singleSpaces: "split at spaces"
    case .own(let own): own.splitting.name
    }
  }

  /// Whether each token is a word for itself; nil where letters that touch are one word.
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

  /// Tokens around a text that stand in it neither as typed nor as a rule wrote it.
  var frame: Set<String> {
    if case .own(let own) = kind {
      FastaiWords.frame.union(own.splitting.before + own.splitting.after)
    } else {
      FastaiWords.frame
    }
  }

  /// The pieces with what the owner's tokenizer puts before and after them.
  /// - Parameter end: of the text.
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
