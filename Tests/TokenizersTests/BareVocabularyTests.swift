import Foundation
import TestSupport
import Testing
import Tokenizers

/// Decoders' tokenizers without a `tokenizer.json`, beside transformers';
/// `Tests/Fixtures/parity/bare-vocabularies/generate.py` asked it.
struct BareVocabularyTests {
  struct Answer: Decodable, Sendable {
    var first: String
    var second: String?
    var ids: [Int]
    /// Which text, start and end in bytes; nil for a token around the texts.
    var places: [[Int]?]
  }

  struct Kind: Decodable {
    var type: String
    /// Of `tokenizer_config.json`.
    var settings: String?
    var pairs: [Answer]
  }

  struct Fixture: Decodable {
    var files: [String: String]
    var answers: [Kind]
  }

  @Test func `ids and places are those of transformers`() throws {
    let data = try Data(contentsOf: fixture("parity/bare-vocabularies/decoders.json"))
    let file = try JSONDecoder().decode(Fixture.self, from: data)
    #expect(Set(file.answers.map(\.type)) == ["gpt2", "qwen2"] && file.answers.count == 5)
    for kind in file.answers {
      let tokenizer = try HuggingFaceTokenizer(
        model: ModelSettings(type: kind.type), tokenLimit: nil
      ) { name in
        (name == "tokenizer_config.json" ? kind.settings : file.files[name]).map { Array($0.utf8) }
      }
      for answer in kind.pairs {
        expectSame(tokenizer, answer, "\(kind.type) \(kind.settings ?? "")")
      }
    }
  }

  private func expectSame(
    _ tokenizer: HuggingFaceTokenizer, _ answer: Answer, _ kind: String
  ) {
    let encoding = tokenizer.encode(answer.first, pair: answer.second)
    let what = "\(kind) \(answer.first) | \(answer.second ?? "")"
    #expect(encoding.ids == answer.ids, "\(what)")
    for (piece, place) in zip(encoding.pieces, answer.places) {
      guard let place else {
        #expect(piece.isFrame, "\(what)")
        continue
      }
      #expect(
        [piece.part, piece.utf8Range.lowerBound, piece.utf8Range.upperBound] == place, "\(what)")
    }
  }

  /// A model of SentencePiece as its only file; `generate_pieces.py` asked transformers.
  struct PieceKind: Decodable, Sendable, CustomTestStringConvertible {
    var type: String
    var file: String
    /// Of `tokenizer_config.json`.
    var settings: String?
    var pairs: [Answer]

    var testDescription: String { "\(type), \(file), \(settings ?? "")" }
  }

  static let pieceKinds: [PieceKind] =
    (try? JSONDecoder().decode(
      [PieceKind].self,
      from: Data(contentsOf: fixture("parity/bare-vocabularies/pieces.json")))) ?? []

  private func tokenizer(
    _ type: String, _ model: String, _ settings: String?
  ) throws -> HuggingFaceTokenizer {
    try HuggingFaceTokenizer(model: ModelSettings(type: type), tokenLimit: nil) { name in
      switch name {
      case "tokenizer_config.json": return settings.map { Array($0.utf8) }
      case "tokenizer.model":
        return [UInt8](try Data(contentsOf: fixture("parity/bare-vocabularies/\(model)")))
      default: return nil
      }
    }
  }

  @Test func `all kinds of piece models are there`() {
    #expect(Self.pieceKinds.count == 18)
    #expect(
      Set(Self.pieceKinds.map(\.type))
        == ["llama", "mistral", "phi3", "gemma", "gemma2", "gemma3_text"])
    #expect(Set(Self.pieceKinds.map(\.file)) == ["llama.model", "gemma.model", "own.model"])
  }

  @Test(arguments: pieceKinds) func `pieces that merge are those of transformers`(
    _ kind: PieceKind
  ) throws {
    let tokenizer = try tokenizer(kind.type, kind.file, kind.settings)
    for answer in kind.pairs { expectSame(tokenizer, answer, kind.testDescription) }
  }

  @Test func `pieces that are drawn by their likelihood are refused for Llama`() throws {
    let unigram = "../tokenizers/albert.model"
    for (type, settings) in [
      ("llama", nil), ("gemma", nil), ("mistral", #"{"tokenizer_class": "LlamaTokenizer"}"#),
    ] {
      #expect(throws: TokenizerFileError.self) { try tokenizer(type, unigram, settings) }
    }
  }

  @Test func `without merges there is no tokenizer`() {
    #expect(throws: TokenizerFileError.self) {
      try HuggingFaceTokenizer(model: ModelSettings(type: "gpt2"), tokenLimit: nil) { name in
        name == "vocab.json" ? Array(#"{"a": 0, "<|endoftext|>": 1}"#.utf8) : nil
      }
    }
  }
}
