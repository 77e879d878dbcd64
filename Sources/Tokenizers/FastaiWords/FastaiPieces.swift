/// fastai's SentencePiece tokenizer, as `learn.predict` runs it on one text: text rules, pieces,
/// ids.
public struct FastaiPieces: Tokenizer {
  /// How a text is prepared, and where the ids come from.
  public enum Version: Sendable {
    /// fastai 2: a piece's id is its index in the vocabulary.
    case fastai2([TextRule])
    /// fastai 1: a piece's id is the SentencePiece model's own.
    case fastai1([Fastai1TextRule])
  }

  public let isBackwards: Bool
  private let version: Version
  private let pieces: SentencePiece
  private let ids: TokenIDs

  /// - Parameters:
  ///   - model: a SentencePiece `.model` file.
  ///   - vocabulary: the tokens by id.
  /// - Throws: `VocabularyError`, `TokenizerFileError`.
  public init(
    model: [UInt8], vocabulary: [String], version: Version, backwards: Bool = false,
    hasFiller: Bool = false
  ) throws {
    pieces = try SentencePiece(model)
    let own = pieces.model
    switch version {
    case .fastai2: ids = try TokenIDs(vocabulary, hasFiller: hasFiller)
    case .fastai1:
      guard vocabulary.count == own.pieces.count else {
        throw VocabularyError.otherPieces(count: own.pieces.count, tokens: vocabulary.count)
      }
      ids = try TokenIDs(vocabulary, unknown: own.pieces[own.unknownID].text)
    }
    self.version = version
    isBackwards = backwards
  }

  /// Two texts are joined as fastai joins the columns of a table.
  public func encode(_ text: String, pair: String?) -> Encoding {
    encode(JoinedTexts(text: text, pair: pair)) { _, _, _ in }
  }

  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    traced { encode(JoinedTexts(text: text, pair: pair), note: $0) }
  }

  private func encode(_ texts: JoinedTexts, note: StepNote) -> Encoding {
    let ready = prepared(texts, note: note)[...]
    var result: [Piece] = []
    var words = WordCounter()
    var starts = ready.startOffsets.makeIterator()
    var (place, offset) = (0, starts.next() ?? 0)
    func advance(to byte: Int) -> Int {
      while place < ready.count, offset < byte {
        place += 1
        offset = starts.next() ?? offset
      }
      return place
    }
    let string = ready.string
    var ends = UnicodeWords.ranges(of: string).map(\.upperBound)[...]
    /// Where the word of the last piece ends in `string`.
    var wordEnd = 0
    let tokens = pieces.encode(string)
    note("SentencePiece", 0) { .parts(tokens.map(\.text)) }
    for token in tokens {
      let start = advance(to: token.utf8Range.lowerBound)
      let whole = ready[start..<advance(to: token.utf8Range.upperBound)]
      // A piece starts with the space before its word, which is not part of the range.
      let bare = whole.drop(while: \.isSpace)
      let scalars = bare.isEmpty ? whole : bare
      let isSpecial = !scalars.isEmpty && scalars.allSatisfy(\.isInserted)
      var piece = Piece(
        text: token.text, id: id(of: token), utf8Range: scalars.source, isSpecial: isSpecial)
      if scalars.isEmpty { piece.utf8Range = emptyRange(at: start, in: ready) }
      piece.isFrame = isSpecial && Self.frame.contains(token.text)
      // A piece belongs to the word that contains its last byte.
      while let end = ends.first, end < token.utf8Range.upperBound { ends.removeFirst() }
      let end = ends.first ?? string.utf8.count
      words.add(piece, scalars: scalars, continues: end == wordEnd, to: &result)
      if !isSpecial { wordEnd = end }
    }
    words.finish(&result)
    return texts.encoding(result, reversed: isBackwards)
  }

  public func encode(words: [String]) -> Encoding {
    ids.encode(words: words, frame: Self.frame, marks: Self.marks, reversed: isBackwards)
  }

  public var vocabulary: [String] { ids.vocabulary }
  public var roles: TokenRoles {
    var roles = ids.roles
    roles.padding = roles.padding ?? vocabulary.firstIndex(of: "▁xxpad")
    return roles
  }

  private static let frame = withMarks(FastaiWords.frame)
  private static let marks = withMarks(FastaiWords.marks)

  private static func withMarks(_ tokens: Set<String>) -> Set<String> {
    tokens.union(tokens.map { "▁" + $0 })
  }

  private func id(of token: SentencePiece.Token) -> Int {
    switch version {
    case .fastai2: ids.id(of: token.text)
    case .fastai1: token.id
    }
  }

  private func prepared(_ texts: JoinedTexts, note: StepNote) -> MappedText {
    var mapped: MappedText
    switch version {
    case .fastai2(let rules):
      mapped = texts.marked
      for rule in rules {
        mapped = rule.applied(to: mapped)
        note(rule.rawValue, 0) { .text(mapped[...].string) }
      }
    case .fastai1(let rules):
      mapped = texts.mapped(for: rules)
      // The frame is added before the spaces at the ends are trimmed; the other rules run
      // afterwards.
      let frame: [Fastai1TextRule] = [.includeBOS, .markFields, .includeEOS]
      func apply(_ rule: Fastai1TextRule) {
        mapped = rule.applied(to: mapped)
        if !rule.isForWords { note(rule.rawValue, 0) { .text(mapped[...].string) } }
      }
      for rule in rules where frame.contains(rule) { apply(rule) }
      mapped = mapped.withoutSpacesAtEnds
      for rule in rules where !frame.contains(rule) { apply(rule) }
      var words = mapped.split(whereSeparator: \.isSpace).map(MappedText.init)
      for rule in rules {
        words = rule.applied(toWords: words)
        if rule.isForWords { note(rule.rawValue, 0) { .parts(words.map { $0[...].string }) } }
      }
      mapped = MappedText(joining: words)
    }
    return mapped
  }

  private func emptyRange(at place: Int, in text: MappedSlice) -> Range<Int> {
    let offset = place < text.endIndex ? text[place].start : text.last?.end ?? 0
    return offset..<offset
  }
}

extension MappedSlice {
  /// The UTF-8 offset in `string` of each scalar, and of the end.
  fileprivate var startOffsets: [Int] {
    var offsets = [0]
    offsets.reserveCapacity(count + 1)
    for scalar in self {
      offsets.append((offsets.last ?? 0) + (Unicode.Scalar(scalar.value).map(UTF8.width) ?? 0))
    }
    return offsets
  }
}

extension MappedText {
  fileprivate var withoutSpacesAtEnds: MappedText {
    let start = firstIndex { $0.value != 0x20 } ?? endIndex
    let end = lastIndex { $0.value != 0x20 }.map { $0 + 1 } ?? start
    return MappedText(self[start..<end])
  }

  /// Joins words with single spaces.
  fileprivate init(joining words: [MappedText]) {
    self.init()
    for word in words {
      if let last { insert(" ", at: last.end..<last.end) }
      self += word
    }
  }
}
