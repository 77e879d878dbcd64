/// A tokenizer of Hugging Face's tokenizers library: normalizer, pre-tokenizer, model and
/// post-processor as its file names them. Ids and places are the library's (0.23.3).
public struct HuggingFaceTokenizer: Tokenizer {
  let normalizer: (any Normalizer)?
  let preTokenizer: (any PreTokenizer)?
  let model: any PieceModel
  let addedTokens: AddedTokens
  let postProcessor: PostProcessor
  /// How many tokens the model takes, the frame among them; nil for no limit.
  public let tokenLimit: Int?
  let truncatesLeft: Bool
  public private(set) var vocabulary: [String]
  /// Of all ids that a text can have, those beyond the vocabulary too.
  private let names: [String]
  public private(set) var roles: TokenRoles
  /// Where settings win over `tokenizer.json`.
  public internal(set) var overrides: [SettingOverride] = []
  /// Ids of added tokens by their texts.
  let addedIndex: TokenTable

  init(
    normalizer: (any Normalizer)?, preTokenizer: (any PreTokenizer)?, model: any PieceModel,
    addedTokens: AddedTokens, addedIndex: TokenTable, postProcessor: PostProcessor,
    tokenLimit: Int?, truncatesLeft: Bool, names: [String], roles: TokenRoles
  ) {
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.model = model
    self.addedTokens = addedTokens
    self.addedIndex = addedIndex
    self.postProcessor = postProcessor
    self.tokenLimit = tokenLimit
    self.truncatesLeft = truncatesLeft
    self.names = names
    self.roles = roles
    vocabulary = names
  }

  /// Takes away from the vocabulary and the roles what a model has no vector for: tokens that were
  /// added to the tokenizer alone. A text can still have them.
  ///
  /// - Parameter rows: of the model's embedding.
  /// - Returns: the tokens that were taken away, by id.
  public mutating func limit(to rows: Int) -> [String] {
    let missing = vocabulary.dropFirst(rows).filter { !$0.isEmpty }
    guard rows < vocabulary.count else { return [] }
    vocabulary.removeLast(vocabulary.count - rows)
    func kept(_ id: Int?) -> Int? { id.flatMap { $0 < rows ? $0 : nil } }
    roles = TokenRoles(
      unknown: kept(roles.unknown), padding: kept(roles.padding), mask: kept(roles.mask))
    return Array(missing)
  }

  public func encode(_ text: String) -> Encoding { encode(text) { _, _ in } }

  public func trace(_ text: String) -> TokenizationTrace { traced { encode(text, note: $0) } }

  private func encode(_ text: String, note: StepNote) -> Encoding {
    var split = addedTokens.split(text, normalizer: normalizer)
    note("normalizer") { .text(String(scalarValues: split.scalars.lazy.map(\.value))) }
    preTokenizer?.split(&split)
    note("pre-tokenizer") {
      .parts(split.splits.map { String(scalarValues: split.scalars[$0.range].map(\.value)) })
    }
    let tokens = model.tokenize(split)
    note("model") {
      .parts(tokens.map { names.indices.contains(Int($0.id)) ? names[Int($0.id)] : "" })
    }
    let bytes = text.utf8.count
    let room = tokenLimit.map {
      max(0, max(0, $0) - postProcessor.before.count - postProcessor.behind.count)
    }
    let kept = kept(of: tokens.count, room: room)
    var pieces = postProcessor.before.map { framePiece($0, at: 0) }
    var words = WordNumbers()
    for (number, token) in tokens[kept].enumerated() {
      let scalars = split.scalars[token.range]
      let isAdded = split.splits[token.split].token != nil
      let range = trimmed(token, scalars, isAdded: isAdded, isFirst: number == 0, text)
      words.add(split: token.split, scalars)
      pieces.append(
        Piece(
          text: name(of: token, typed: range, text), id: Int(token.id), utf8Range: range,
          word: words.current))
    }
    pieces += postProcessor.behind.map { framePiece($0, at: bytes) }
    var encoding = Encoding(text: text, pieces: pieces)
    encoding.truncation = unseen(tokens, kept, split.scalars, bytes).map { unseen in
      Truncation(
        tokens: tokens.count + encoding.pieces.count - kept.count, read: encoding.pieces.count,
        side: truncatesLeft ? .left : .right, rest: .unread, utf8Range: unseen)
    }
    note("post-processor") { .parts(encoding.pieces.map(\.text)) }
    return encoding
  }

  public func encode(words: [String]) -> Encoding {
    let frame = Set((postProcessor.before + postProcessor.behind).map(\.text))
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

  private func framePiece(_ token: PostProcessor.Token, at offset: Int) -> Piece {
    Piece(
      text: token.text, id: token.id, utf8Range: offset..<offset, isSpecial: true, isFrame: true)
  }

  private func kept(of count: Int, room: Int?) -> Range<Int> {
    guard let room, room < count else { return 0..<count }
    return truncatesLeft ? count - room..<count : 0..<room
  }

  private func trimmed(
    _ token: ModelToken, _ scalars: ArraySlice<AlignedScalar>, isAdded: Bool, isFirst: Bool,
    _ text: String
  ) -> Range<Int> {
    var range = typedRange(scalars)
    guard !postProcessor.trims.isEmpty, isAdded || model.isCalledByText(token.id) else {
      return range
    }
    // A token of the model has its own text, one that was added the text where it was found.
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

  private func unseen(
    _ tokens: [ModelToken], _ kept: Range<Int>, _ scalars: [AlignedScalar], _ bytes: Int
  ) -> Range<Int>? {
    guard kept.count < tokens.count else { return nil }
    if truncatesLeft {
      let end = kept.isEmpty ? bytes : typedRange(scalars[tokens[kept.lowerBound].range]).lowerBound
      return 0..<end
    }
    let start = kept.isEmpty ? 0 : typedRange(scalars[tokens[kept.upperBound - 1].range]).upperBound
    return min(start, bytes)..<bytes
  }
}

/// Numbers of words: a word ends where a split ends, and inside of a split before a space.
private struct WordNumbers {
  private(set) var current = -1
  private var split = -1

  mutating func add(split: Int, _ scalars: ArraySlice<AlignedScalar>) {
    let startsWord = scalars.first.map { $0.value == 0x2581 || $0.value == 0x20 } ?? false
    if split != self.split || startsWord { current += 1 }
    self.split = split
  }
}
