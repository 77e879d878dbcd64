import Documents
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Files that were damaged on the way: an error or a tokenizer, never a trap.
@Suite struct HostileTokenizerTests {
  private static let kinds = [
    "wordpiece", "byte-level", "unigram", "llama", "regex-o200k", "cl100k",
  ]
  #if DEBUG
    private static let runs = 40
  #else
    private static let runs = 500
  #endif

  @Test(arguments: kinds)
  func `a damaged tokenizer.json is an error or a tokenizer`(kind: String) throws {
    let file = fixture("parity/tokenizers/\(kind).json")
    let bytes = [UInt8](try Data(contentsOf: file))
    var damage = Damage(seed: 1)
    var opened = 0
    // Hardly any damage leaves byte pairs whole: each merge has to make a token.
    for _ in 0..<Self.runs {
      guard let json = try? JSON(damage.applied(to: bytes)),
        let tokenizer = try? HuggingFaceTokenizer(json: json)
      else { continue }
      opened += 1
      let encoding = tokenizer.encode("The caf\u{E9} isn't 1,000\u{1F600} good <mask>")
      #expect(encoding.pieces.allSatisfy { $0.utf8Range.upperBound <= encoding.text.utf8.count })
    }
    #expect(opened < Self.runs)
  }

  @Test(arguments: ["xlmr", "pairs-symbols", "suffix", "spaces"])
  func `a damaged SentencePiece model is an error or a model`(name: String) throws {
    let bytes = try modelBytes(name)
    var damage = Damage(seed: 2)
    var opened = 0
    for _ in 0..<Self.runs {
      let damaged = damage.applied(to: bytes)
      guard let sentencePiece = try? SentencePiece(damaged) else { continue }
      opened += 1
      let text = "The caf\u{E9} isn't 1,000\u{1F600} good <mask>"
      #expect(sentencePiece.encode(text).allSatisfy { $0.utf8Range.upperBound <= text.utf8.count })
      _ = try? HuggingFaceTokenizer(
        model: ModelSettings(type: "xlm-roberta"), tokenLimit: nil
      ) { $0 == "sentencepiece.bpe.model" ? damaged : nil }.encode(text)
    }
    #expect(opened > 0 && opened < Self.runs)
  }

  /// With values of any kind under the names that settings have, beside any kind of vocabulary.
  @Test(arguments: ["bert", "mpnet", "roberta", "albert", "xlm-roberta", "camembert", "deberta-v2"])
  func `odd settings are an error or a tokenizer`(type: String) throws {
    let values = [
      "null", "true", "0", "-9223372036854775808", "1e400", "1.5", #""""#, #""the""#, "[]", "{}",
      #"[null, {"content": ""}]"#, #"{"content": "e\u0301"}"#, #"{"-1": {"content": "\u00e9"}}"#,
      #"{"9999999999": {"content": " ", "lstrip": true}}"#, #"{"": -5, "x": 99999999999}"#,
    ]
    let names = [
      "cls_token", "sep_token", "unk_token", "pad_token", "mask_token", "bos_token", "image_token",
      "additional_special_tokens", "extra_special_tokens", "added_tokens_decoder", "max_len",
      "model_max_length", "truncation_side", "split_special_tokens", "add_prefix_space", "x",
    ]
    var random = SeededRandom(seed: 3)
    var opened = 0
    for _ in 0..<Self.runs * 2 {
      func settings() -> [UInt8] {
        let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          "\"\(names.randomElement(using: &random) ?? "")\": "
            + (values.randomElement(using: &random) ?? "")
        }
        return Array("{\(members.joined(separator: ","))}".utf8)
      }
      let tokenizer = try? HuggingFaceTokenizer(model: ModelSettings(type: type), tokenLimit: 9) {
        switch $0 {
        case "tokenizer.json": nil
        case "added_tokens.json", "special_tokens_map.json", "tokenizer_config.json": settings()
        default: try legacyFile($0, of: type)
        }
      }
      guard let tokenizer else { continue }
      opened += 1
      #expect(brokenLaws(of: tokenizer.encode("The cafe\u{301} \u{E9}  the x <mask>[MASK]")) == [])
    }
    #expect(opened > Self.runs / 10)
  }

  /// Each would take hours if a token looked at all the white space behind it.
  @Test func `tokens that strip what is around them do so in one go`() throws {
    let token = {
      JSON.object([
        .init("id", .integer($1)), .init("content", .string($0)), .init("lstrip", .bool(true)),
        .init("rstrip", .bool(true)), .init("single_word", .bool(false)),
        .init("normalized", .bool(false)), .init("special", .bool(false)),
      ])
    }
    let model = JSON.object([
      .init("type", .string("WordLevel")), .init("unk_token", .string("?")),
      .init("vocab", .object([.init("?", .integer(0))])),
    ])
    let tokenizer = try HuggingFaceTokenizer(
      json: .object([
        .init("added_tokens", .array([token(" ", 1), token("x", 2)])), .init("model", model),
      ]))
    for text in [
      String(repeating: " ", count: 1_000_000), String(repeating: " x", count: 500_000),
      "x" + String(repeating: " ", count: 1_000_000) + "x",
    ] {
      let pieces = tokenizer.encode(text).pieces
      #expect(!pieces.isEmpty && pieces.allSatisfy { $0.id != 0 })
    }
  }
}

/// Bytes flipped, dropped, doubled and cut.
private struct Damage {
  private var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func applied(to bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      // Headers and the parts' settings stand at the ends; the vocabulary is the middle.
      let place: Int
      switch Int.random(in: 0..<3, using: &random) {
      case 0: place = Int.random(in: 0..<min(2000, bytes.count), using: &random)
      case 1: place = bytes.count - Int.random(in: 1...min(400, bytes.count), using: &random)
      default: place = Int.random(in: 0..<bytes.count, using: &random)
      }
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes.removeSubrange(place...)
      case 1: bytes.remove(at: place)
      case 2:
        let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes[place] = UInt8(ascii: "9")
      default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return bytes
  }
}
