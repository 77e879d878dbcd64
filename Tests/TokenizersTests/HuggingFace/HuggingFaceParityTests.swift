import Documents
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What Hugging Face's libraries themselves made of texts: see Fixtures/parity/tokenizers.
@Suite struct HuggingFaceParityTests {
  private static let kinds = names("hashes.json")
  private static let folders = names("legacy-hashes.json")

  @Test func `there is a hash for each block of texts`() throws {
    #expect(TextHashes.texts.count == 12_000)
    #expect(Self.kinds.count >= 44 && Self.folders.count >= 12)
    for file in ["hashes.json", "legacy-hashes.json", "model-hashes.json"] {
      for (name, hash) in try TextHashes.read(file) {
        #expect(hash.utf8.count == 16 * 12_000 / TextHashes.blockSize, "\(name)")
      }
    }
  }

  @Test(arguments: kinds)
  func `ids and places are the library's`(kind: String) throws {
    try check(openTokenizer(kind), against: "hashes.json", kind)
  }

  @Test(arguments: folders)
  func `a folder without tokenizer.json is read as transformers reads it`(name: String) throws {
    try check(openFolder(name), against: "legacy-hashes.json", name)
  }

  private func check(
    _ tokenizer: HuggingFaceTokenizer, against file: String, _ name: String
  ) throws {
    let expected = try #require(try TextHashes.read(file)[name])
    var broken: [String] = []
    let different = TextHashes.differences(from: expected) { text in
      let encoding = tokenizer.encode(text)
      broken += brokenLaws(of: encoding)
      return encoding.pieces.filter { !$0.isFrame }.map { ($0.id, $0.utf8Range) }
    }
    #expect(different == [], "blocks of fifty texts")
    #expect(broken == [])
  }

  private static func names(_ file: String) -> [String] {
    ((try? TextHashes.read(file)) ?? [:]).keys.sorted()
  }

  /// The folders of generate_models.py.
  private func openFolder(_ name: String) throws -> HuggingFaceTokenizer {
    let settings: [String: [JSON.Member]] = [
      "bert-cased": [
        .init("do_lower_case", .bool(false)), .init("strip_accents", .bool(true)),
        .init("tokenize_chinese_chars", .bool(false)),
      ],
      "roberta-prefix": [.init("add_prefix_space", .bool(true))],
      "albert-accents": [
        .init("keep_accents", .bool(true)), .init("do_lower_case", .bool(false)),
      ],
      "deberta-v2-punctuation": [
        .init("do_lower_case", .bool(true)), .init("split_by_punct", .bool(true)),
      ],
    ]
    let types = [
      "distilbert", "mpnet", "roberta", "albert", "xlm-roberta", "camembert", "deberta-v2",
    ]
    let type = types.first { name.hasPrefix($0) } ?? "bert"
    return try HuggingFaceTokenizer(model: ModelSettings(type: type), tokenLimit: nil) { file in
      if file == "tokenizer_config.json" {
        return Array(JSON.object(settings[name] ?? []).line.utf8)
      }
      return try legacyFile(file, of: type)
    }
  }
}

/// A file of a folder of old: vocabularies are those of two of the fixtures.
func legacyFile(_ name: String, of type: String) throws -> [UInt8]? {
  func text(_ lines: [String]) -> [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
  switch name {
  case "vocab.txt":
    var lines = try openTokenizer("wordpiece").vocabulary
    let mpnet = ["[CLS]": "<s>", "[PAD]": "<pad>", "[SEP]": "</s>", "[MASK]": "<mask>"]
    if type == "mpnet" { lines = lines.map { mpnet[$0] ?? $0 } }
    return text(lines)
  case "vocab.json":
    let vocabulary = try tokenizerJSON("byte-level")["model"]?["vocab"]
    return Array((vocabulary ?? .null).line.utf8)
  case "merges.txt":
    guard case .array(let merges) = try tokenizerJSON("byte-level")["model"]?["merges"] else {
      return nil
    }
    return text(
      ["#version: 0.2"]
        + merges.map { merge in
          guard case .array(let pair) = merge, case .string(let a) = pair[0],
            case .string(let b) = pair[1]
          else { return "" }
          return a + " " + b
        })
  case "spiece.model", "spm.model", "sentencepiece.bpe.model":
    let models = ["albert": "albert", "deberta-v2": "deberta"]
    return try modelBytes(models[type] ?? "xlmr")
  default: return nil
  }
}

/// A SentencePiece model of the fixtures.
func modelBytes(_ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: fixture("parity/tokenizers/\(name).model")))
}

/// A fixture's tokenizer.
func openTokenizer(
  _ kind: String, settings: TokenizerSettings = TokenizerSettings(), tokenLimit: Int? = nil
) throws -> HuggingFaceTokenizer {
  try HuggingFaceTokenizer(
    json: tokenizerJSON(kind), settings: settings, tokenLimit: tokenLimit)
}

func tokenizerJSON(_ kind: String) throws -> JSON {
  let file = fixture("parity/tokenizers/\(kind).json")
  return try JSON([UInt8](Data(contentsOf: file)))
}
