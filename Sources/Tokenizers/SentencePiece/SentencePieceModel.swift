/// The contents of a SentencePiece model file (sentencepiece_model.proto of google/sentencepiece).
public struct SentencePieceModel: Sendable {
  public enum Algorithm: Sendable, Hashable { case unigram, bytePairs }

  /// The type of a piece, by its number in the file.
  public enum Kind: Int, Sendable {
    case normal = 1
    case unknown, control, userDefined, unused, byte
  }

  public struct Piece: Sendable, Hashable {
    public var text = ""
    public var score: Float = 0
    public var kind = Kind.normal
  }

  public private(set) var pieces: [Piece] = []
  public private(set) var algorithm = Algorithm.unigram
  public private(set) var unknownID = 0
  /// Characters without a piece fall back to byte pieces.
  public private(set) var fallsBackToBytes = false
  /// The trainer's names for the pieces around a text and the unknown piece; nil if there is none.
  private(set) var begin: String? = "<s>"
  private(set) var end: String? = "</s>"
  private(set) var unknown = "<unk>"
  private(set) var spaceIsSuffix = false
  private(set) var addsDummyPrefix = true
  private(set) var removesExtraSpaces = true
  private(set) var escapesSpaces = true
  private(set) var characterMap: CharacterMap?

  /// - Throws: `TokenizerFileError`.
  public init(_ bytes: [UInt8]) throws {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let range)):
        pieces.append(try Self.piece(in: bytes[range]))
        guard pieces.count <= Vocabulary.tokenLimit else {
          throw TokenizerFileError.tooLarge(
            path: "pieces", what: "pieces", count: pieces.count, limit: Vocabulary.tokenLimit)
        }
      case (2, .bytes(let range)): try readTrainer(bytes[range])
      case (3, .bytes(let range)): try readNormalizer(bytes[range])
      default: break
      }
    }
    guard !pieces.isEmpty else { throw TokenizerFileError.emptyVocabulary(path: "pieces") }
    let characters = pieces.reduce(0) { $0 + $1.text.utf8.count }
    guard characters <= Vocabulary.characterLimit else {
      throw TokenizerFileError.tooLarge(
        path: "pieces", what: "bytes", count: characters, limit: Vocabulary.characterLimit)
    }
    // The type of the piece decides; transformers reads the trainer's number instead.
    guard let unknown = pieces.firstIndex(where: { $0.kind == .unknown }) else {
      throw TokenizerFileError.missing(path: "pieces of the unknown kind")
    }
    unknownID = unknown
  }

  private static func piece(in bytes: ArraySlice<UInt8>) throws -> Piece {
    var piece = Piece()
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (1, .bytes(let range)): piece.text = try text(bytes[range])
      case (2, .fixed32(let bits)): piece.score = Float(bitPattern: bits)
      case (3, .number(let number)):
        guard let kind = Kind(rawValue: Int(truncatingIfNeeded: number)) else {
          throw TokenizerFileError.unsupported(path: "pieces", what: "kind \(number)")
        }
        piece.kind = kind
      default: break
      }
    }
    return piece
  }

  private mutating func readTrainer(_ bytes: ArraySlice<UInt8>) throws {
    var reader = ProtobufReader(bytes)
    var (hasBegin, hasEnd) = (true, true)
    defer {
      if !hasBegin { begin = nil }
      if !hasEnd { end = nil }
    }
    while let field = try reader.next() {
      if case .bytes(let range) = field.value {
        switch field.number {
        case 45: unknown = try Self.text(bytes[range])
        case 46: begin = try Self.text(bytes[range])
        case 47: end = try Self.text(bytes[range])
        default: break
        }
      }
      guard case .number(let number) = field.value else { continue }
      switch field.number {
      case 3:
        guard number == 1 || number == 2 else {
          let name = [3: "WORD", 4: "CHAR"][number] ?? "\(number)"
          throw TokenizerFileError.unknownComponent(
            path: "trainer_spec.model_type", name: name, known: ["BPE", "UNIGRAM"])
        }
        algorithm = number == 1 ? .unigram : .bytePairs
      case 24: spaceIsSuffix = number != 0
      case 35: fallsBackToBytes = number != 0
      // -1 for none
      case 41: hasBegin = Int64(bitPattern: number) >= 0
      case 42: hasEnd = Int64(bitPattern: number) >= 0
      default: break
      }
    }
  }

  private mutating func readNormalizer(_ bytes: ArraySlice<UInt8>) throws {
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      switch (field.number, field.value) {
      case (2, .bytes(let range)) where !range.isEmpty:
        characterMap = try CharacterMap(
          Array(bytes[range]), path: "normalizer_spec.precompiled_charsmap")
      case (3, .number(let number)): addsDummyPrefix = number != 0
      case (4, .number(let number)): removesExtraSpaces = number != 0
      case (5, .number(let number)): escapesSpaces = number != 0
      default: break
      }
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TokenizerFileError.badSentencePiece(offset: bytes.startIndex)
    }
    return text
  }
}
