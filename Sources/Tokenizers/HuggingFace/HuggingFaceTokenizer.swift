/// A tokenizer of Hugging Face's tokenizers library: normalizer, pre-tokenizer, model and
/// post-processor as its file specifies them. Ids and offsets equal the library's (0.23.3).
public struct HuggingFaceTokenizer: Tokenizer {
  let normalizer: (any Normalizer)?
  let preTokenizer: (any PreTokenizer)?
  let model: any PieceModel
  let addedTokens: AddedTokens
  let postProcessor: PostProcessor
  /// The most tokens that the model reads, including the frame; nil for no limit.
  public internal(set) var tokenLimit: Int?
  public let truncatesLeft: Bool
  /// Which tokens are cut off if a pair is too long.
  var truncation = PairTruncation.longestFirst
  /// Whether the model reads token types; if not, all are 0.
  let givesTypes: Bool
  public private(set) var vocabulary: [String]
  /// Token texts of all ids that a text can have, including those outside the vocabulary.
  private let names: [String]
  public private(set) var roles: TokenRoles
  /// The settings that override `tokenizer.json`.
  public internal(set) var overrides: [SettingOverride] = []
  /// Encodes an empty second text as a pair. transformers drops it if it encodes a single pair, as
  /// its pipelines do, but keeps it in a batch, as sentence-transformers' CrossEncoder passes it.
  public var keepsEmptyPairs = false
  /// Ids of added tokens by their texts.
  let addedIndex: TokenTable

  init(
    normalizer: (any Normalizer)?, preTokenizer: (any PreTokenizer)?, model: any PieceModel,
    addedTokens: AddedTokens, addedIndex: TokenTable, postProcessor: PostProcessor,
    tokenLimit: Int?, truncatesLeft: Bool, givesTypes: Bool,
    names: [String], roles: TokenRoles
  ) {
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.model = model
    self.addedTokens = addedTokens
    self.addedIndex = addedIndex
    self.postProcessor = postProcessor
    self.tokenLimit = tokenLimit
    self.truncatesLeft = truncatesLeft
    self.givesTypes = givesTypes
    self.names = names
    self.roles = roles
    vocabulary = names
  }

  /// The same tokenizer without truncation.
  var unlimited: HuggingFaceTokenizer {
    var copy = self
    copy.tokenLimit = nil
    return copy
  }

  /// Removes tokens for which the model has no embedding from the vocabulary and the roles: they
  /// were added to the tokenizer only. A text can still contain them.
  ///
  /// - Parameter rows: the rows of the embedding matrix.
  /// - Returns: the removed tokens, by id.
  public mutating func limit(to rows: Int) -> [String] {
    let missing = vocabulary.dropFirst(rows).filter { !$0.isEmpty }
    guard rows < vocabulary.count else { return [] }
    vocabulary.removeLast(vocabulary.count - rows)
    func kept(_ id: Int?) -> Int? { id.flatMap { $0 < rows ? $0 : nil } }
    roles = TokenRoles(
      unknown: kept(roles.unknown), padding: kept(roles.padding), mask: kept(roles.mask))
    return Array(missing)
  }

  public func encode(_ text: String, pair: String?) -> Encoding {
    encode(text, pair) { _, _, _ in }
  }

  public func trace(_ text: String, pair: String?) -> TokenizationTrace {
    traced { encode(text, pair, note: $0) }
  }

  private func encode(_ text: String, _ pair: String?, note: StepNote) -> Encoding {
    let second = pair.flatMap { $0.isEmpty && !keepsEmptyPairs ? nil : $0 }
    var encoding = encode([text] + (second.map { [$0] } ?? []), note: note)
    encoding.pair = pair
    return encoding
  }

  private func encode(_ texts: [String], note: StepNote) -> Encoding {
    let parts = texts.enumerated().map { split($1, part: $0, note: note) }
    let template = postProcessor.template(texts: texts.count)
    let counts = parts.map(\.tokens.count)
    let lengths = tokenLimit.map {
      truncation.lengths(counts, room: max(0, max(0, $0) - template.addedCount))
    }
    let kept = zip(counts, lengths ?? counts).map { count, length in
      truncatesLeft ? count - length..<count : 0..<length
    }
    var words = WordNumbers()
    let read = zip(parts, kept).map { pieces(of: $0, kept: $1, words: &words) }
    var encoding = Encoding(text: texts[0], pieces: [])
    // Frame tokens are placed at the end of the text before them.
    var (part, place) = (template.firstPart, 0)
    for item in template {
      switch item {
      case .text(let next, let type):
        (part, place) = (next, texts[next].utf8.count)
        encoding.pieces += read[next].map { piece in
          var piece = piece
          piece.type = givesTypes ? type : 0
          return piece
        }
      case .token(let token, let type):
        encoding.pieces.append(
          Piece(
            text: token.text, id: token.id, type: givesTypes ? type : 0, utf8Range: place..<place,
            part: part, isSpecial: true, isFrame: true))
      }
    }
    let cut = counts.reduce(0, +) - kept.map(\.count).reduce(0, +)
    if cut > 0 {
      let rest = zip(parts, kept).map { unseen($0, kept: $1) }
      encoding.truncation = Truncation(
        tokens: encoding.pieces.count + cut, read: encoding.pieces.count,
        side: truncatesLeft ? .left : .right, rest: .unread, utf8Range: rest[0],
        pairRange: rest.count > 1 ? rest[1] : nil)
    }
    note("post-processor", 0) { .parts(encoding.pieces.map(\.text)) }
    return encoding
  }

  public var readsPairs: Bool { true }

  public func encode(words: [String]) -> Encoding {
    let frame = Set(postProcessor.tokens.map(\.text))
    var pieces: [Piece] = []
    var start = 0
    var word = 0
    for text in words {
      let end = start + text.utf8.count
      let isFrame = frame.contains(text)
      pieces.append(
        Piece(
          text: text, id: id(of: text), utf8Range: start..<end,
          isSpecial: isFrame, isFrame: isFrame, word: isFrame ? nil : word))
      if !isFrame { word += 1 }
      start = end + 1
    }
    return Encoding(text: words.joined(separator: " "), pieces: pieces)
  }

  // MARK: - Pieces

  private func id(of token: String) -> Int {
    addedIndex.id(of: token) ?? model.vocabulary.id(of: token) ?? roles.unknown ?? 0
  }

  /// The tokens of one text before truncation.
  private struct TokenizedPart {
    var text: String
    var part: Int
    var split: SplitText
    var tokens: [ModelToken]
  }

  private func split(_ text: String, part: Int, note: StepNote) -> TokenizedPart {
    var split = addedTokens.split(text, normalizer: normalizer)
    note("normalizer", part) { .text(String(scalarValues: split.scalars.lazy.map(\.value))) }
    preTokenizer?.split(&split)
    note("pre-tokenizer", part) {
      .parts(split.splits.map { String(scalarValues: split.scalars[$0.range].map(\.value)) })
    }
    let tokens = model.tokenize(split)
    note("model", part) {
      .parts(tokens.map { names.indices.contains(Int($0.id)) ? names[Int($0.id)] : "" })
    }
    return TokenizedPart(text: text, part: part, split: split, tokens: tokens)
  }

  private func pieces(
    of part: TokenizedPart, kept: Range<Int>, words: inout WordNumbers
  ) -> [Piece] {
    words.startText()
    return part.tokens[kept].enumerated().map { number, token in
      let scalars = part.split.scalars[token.range]
      let isAdded = part.split.splits[token.split].token != nil
      let range = trimmed(token, scalars, isAdded: isAdded, isFirst: number == 0, part.text)
      words.add(split: token.split, scalars)
      return Piece(
        text: name(of: token, typed: range, part.text), id: Int(token.id), utf8Range: range,
        part: part.part, word: words.current)
    }
  }

  private func trimmed(
    _ token: ModelToken, _ scalars: ArraySlice<AlignedScalar>, isAdded: Bool, isFirst: Bool,
    _ text: String
  ) -> Range<Int> {
    var range = typedRange(scalars)
    guard !postProcessor.trims.isEmpty, isAdded || model.isCalledByText(token.id) else {
      return range
    }
    // The model's tokens have their own text, added tokens the text where they were found.
    let own = scalars.lazy.map(\.value)
    for trim in postProcessor.trims {
      range = trim.range(of: own, at: range, isFirst: isFirst, in: text.utf8)
    }
    return range
  }

  private func typedRange(_ scalars: ArraySlice<AlignedScalar>) -> Range<Int> {
    guard let first = scalars.first, let last = scalars.last else { return 0..<0 }
    return Int(first.start)..<max(Int(first.start), Int(last.end))
  }

  private func name(of token: ModelToken, typed: Range<Int>, _ text: String) -> String {
    let id = Int(token.id)
    if id == roles.unknown {
      let bytes = text.utf8
      let start = bytes.index(bytes.startIndex, offsetBy: typed.lowerBound)
      let end = bytes.index(start, offsetBy: typed.count)
      return String(text[start..<end])
    }
    return names.indices.contains(id) ? names[id] : ""
  }

  /// The part of a text that is cut off, in UTF-8 offsets; empty, at the text's end, if nothing is.
  private func unseen(_ part: TokenizedPart, kept: Range<Int>) -> Range<Int> {
    let bytes = part.text.utf8.count
    let (tokens, scalars) = (part.tokens, part.split.scalars)
    guard kept.count < tokens.count else { return bytes..<bytes }
    if truncatesLeft {
      let end = kept.isEmpty ? bytes : typedRange(scalars[tokens[kept.lowerBound].range]).lowerBound
      return 0..<end
    }
    let start = kept.isEmpty ? 0 : typedRange(scalars[tokens[kept.upperBound - 1].range]).upperBound
    return min(start, bytes)..<bytes
  }
}

/// Numbers words: a word ends where a split ends and, inside a split, before a space.
private struct WordNumbers {
  private(set) var current = -1
  private var split = -1

  /// The first token of another text starts a word.
  mutating func startText() { split = -1 }

  mutating func add(split: Int, _ scalars: ArraySlice<AlignedScalar>) {
    let startsWord = scalars.first.map { $0.value == 0x2581 || $0.value == 0x20 } ?? false
    if split != self.split || startsWord { current += 1 }
    self.split = split
  }
}
