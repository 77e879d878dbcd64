/// SentencePiece's own encoding (Kudo and Richardson 2018, arXiv:1808.06226): pieces, ids and
/// offsets equal those of its library (0.2.3). For the files of transformers see
/// `HuggingFaceTokenizer`, which uses the same models with other rules.
public struct SentencePiece: Sendable {
  public struct Token: Sendable, Hashable {
    /// The piece's own text; an unknown piece has the text that it covers.
    public var text: String
    public var id: Int
    /// UTF-8 offsets into the typed text.
    public var utf8Range: Range<Int>
  }

  public let model: SentencePieceModel
  private let segmenter: any SentencePieceSegmenter
  private let symbols: TokenTable
  private let byteIDs: [Int32]?

  /// - Parameter bytes: a `.model` file.
  /// - Throws: `TokenizerFileError`.
  public init(_ bytes: [UInt8]) throws {
    try self.init(SentencePieceModel(bytes))
  }

  public init(_ model: SentencePieceModel) throws {
    self.model = model
    let entries = model.pieces.enumerated().map { (id: $0, piece: $1) }
    let named = entries.filter { [.normal, .userDefined, .unused].contains($0.piece.kind) }
    let table = TokenTable(
      named.map { (token: $0.piece.text, id: $0.id) }, findsPrefixes: model.algorithm == .unigram)
    let symbols = TokenTable(
      named.filter { $0.piece.kind == .userDefined && !$0.piece.text.isEmpty }
        .map { (token: $0.piece.text, id: $0.id) }, findsPrefixes: true)
    self.symbols = symbols
    segmenter =
      switch model.algorithm {
      case .unigram: SentencePieceUnigram(model, table)
      case .bytePairs: SentencePieceBytePairs(model, table, symbols)
      }
    let bytes = entries.filter { $0.piece.kind == .byte }
    byteIDs =
      model.fallsBackToBytes
      ? try Vocabulary(bytes.lazy.map { ($0.piece.text, $0.id) }, path: "pieces").byteIDs : nil
  }

  public func encode(_ text: String) -> [Token] {
    let normalized = SentencePieceText(text, model, symbols: symbols)
    var tokens: [Token] = []
    var lastUnknown: Range<Int>?
    for (id, range) in segmenter.segments(of: normalized.scalars[...]) {
      let isUnknown = id == model.unknownID
      let values = normalized.scalars[range].map(\.value)
      if isUnknown, let byteIDs {
        tokens += bytes(of: values, normalized.typedRange(range), byteIDs)
        continue
      }
      // Adjacent unknown characters become one token.
      let start = isUnknown ? lastUnknown?.lowerBound ?? range.lowerBound : range.lowerBound
      if isUnknown, lastUnknown != nil { tokens.removeLast() }
      let whole = start..<range.upperBound
      lastUnknown = isUnknown ? whole : nil
      tokens.append(
        Token(
          text: String(scalarValues: normalized.scalars[whole].map(\.value)), id: id,
          utf8Range: normalized.typedRange(whole)))
    }
    return tokens
  }

  /// One token for each byte. The last one covers the character, because only then is it complete.
  private func bytes(
    of values: [UInt32], _ typed: Range<Int>, _ ids: [Int32]
  ) -> [Token] {
    let bytes = values.flatMap(utf8Bytes)
    return bytes.enumerated().map { index, byte in
      let id = ids[Int(byte)] < 0 ? model.unknownID : Int(ids[Int(byte)])
      let isLast = index == bytes.count - 1
      return Token(
        text: model.pieces[id].text, id: id,
        utf8Range: isLast ? typed : typed.lowerBound..<typed.lowerBound)
    }
  }
}

/// Segments a normalized text into pieces.
protocol SentencePieceSegmenter: Sendable {
  func segments(of text: ArraySlice<AlignedScalar>) -> [(id: Int, range: Range<Int>)]
}
