import Foundation
import TestSupport
import Testing
import Tokenizers

/// Decoders' tokenizers without a `tokenizer.json`, beside transformers';
/// `Tests/Fixtures/parity/bare-vocabularies/generate.py` asked it.
struct BareVocabularyTests {
  struct Answer: Decodable {
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
        let encoding = tokenizer.encode(answer.first, pair: answer.second)
        let what = "\(kind.type) \(kind.settings ?? "") \(answer.first)"
        #expect(encoding.ids == answer.ids, "\(what)")
        for (piece, place) in zip(encoding.pieces, answer.places) {
          guard let place else {
            #expect(piece.isFrame, "\(what)")
            continue
          }
          #expect(
            [piece.part, piece.utf8Range.lowerBound, piece.utf8Range.upperBound] == place,
            "\(what)")
        }
      }
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
