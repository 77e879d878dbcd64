import Documents
import Foundation
import Testing
import Tokenizers

@Suite struct TokenizerFileErrorTests {
  @Test func `a part that is not known is refused by its name and place`() throws {
    for (member, name) in [
      ("normalizer", "Spelling"), ("pre_tokenizer", "Jieba"), ("post_processor", "Sandwich"),
      ("model", "Transducer"),
    ] {
      let json = try edited { $0[member] = ["type": name] }
      #expect {
        try HuggingFaceTokenizer(json: json)
      } throws: { error in
        guard case .unknownComponent(let path, name, _)? = error as? TokenizerFileError
        else { return false }
        return path == member + ".type"
      }
    }
    let nested = try edited {
      $0["normalizer"] = ["type": "Sequence", "normalizers": [["type": "NFC"], ["type": "NFX"]]]
    }
    #expect {
      try HuggingFaceTokenizer(json: nested)
    } throws: { error in
      guard
        case .unknownComponent("normalizer.normalizers[1].type", "NFX", let known)? =
          error as? TokenizerFileError
      else { return false }
      return known.contains("NFKC")
    }
  }

  @Test func `what a file lacks or has wrong is named`() throws {
    expect(.missing(path: "model")) { $0["model"] = nil }
    expect(.missing(path: "model.vocab")) {
      $0["model"] = ["type": "WordLevel", "unk_token": "a"]
    }
    expect(.wrongKind(path: "model.vocab", expected: "an object", found: "a list")) {
      $0["model"] = ["type": "WordLevel", "unk_token": "a", "vocab": [1]]
    }
    expect(.emptyVocabulary(path: "model.vocab")) {
      $0["model"] = ["type": "WordLevel", "unk_token": "a", "vocab": [String: Int]()]
    }
    expect(.unknownToken(path: "model.unk_token", token: "b")) {
      $0["model"] = ["type": "WordLevel", "unk_token": "b", "vocab": ["a": 0]]
    }
    expect(.idOutOfRange(path: "model.vocab.a", id: 1 << 40, limit: 1_000_000)) {
      $0["model"] = ["type": "WordLevel", "unk_token": "a", "vocab": ["a": 1 << 40]]
    }
    expect(.idOutOfRange(path: "model.unk_id", id: 1, limit: 1)) {
      $0["model"] = ["type": "Unigram", "unk_id": 1, "vocab": [["a", -1]]]
    }
    expect(.unknownToken(path: "model.merges[0]", token: "ab")) {
      $0["model"] = ["type": "BPE", "vocab": ["a": 0, "b": 1], "merges": ["a b"]]
    }
    expect(.wrongKind(path: "model.merges[0]", expected: "two tokens", found: "a string")) {
      $0["model"] = ["type": "BPE", "vocab": ["a": 0], "merges": ["a a a"]]
    }
    expect(.unsupported(path: "model.dropout", what: "dropout")) {
      $0["model"] = ["type": "BPE", "dropout": 0.1, "vocab": ["a": 0], "merges": [String]()]
    }
    expect(.unsupported(path: "version", what: "version 2.0")) { $0["version"] = "2.0" }
  }

  @Test func `a regular expression that can't be followed is named`() throws {
    func split(_ pattern: String) -> [String: Any] {
      [
        "type": "Split", "pattern": ["Regex": pattern], "behavior": "Isolated", "invert": false,
      ]
    }
    let path = "pre_tokenizer.pattern.Regex"
    expect(.badRegex(path: path, .unsupported("\\1", at: 4))) {
      $0["pre_tokenizer"] = split(#"(a)\1"#)
    }
    expect(.badRegex(path: path, .unsupported("\\p{Klingon}", at: 10))) {
      $0["pre_tokenizer"] = split(#"\p{Klingon}"#)
    }
    expect(.badRegex(path: path, .endedEarly)) { $0["pre_tokenizer"] = split("(a") }
    expect(.badRegex(path: path, .tooDeep(limit: 50))) {
      $0["pre_tokenizer"] = split(String(repeating: "(", count: 5000))
    }
    expect(.badRegex(path: path, .tooLong(limit: 20_000))) {
      $0["pre_tokenizer"] = split("((a{1000}){1000}){1000}")
    }
  }

  @Test func `a regular expression that never ends is stopped`() throws {
    let json = try edited {
      $0["pre_tokenizer"] = [
        "type": "Split", "pattern": ["Regex": "(?:a|a?)+b"], "behavior": "Isolated",
        "invert": false,
      ]
    }
    let text = String(repeating: "a", count: 40)
    #expect(!(try HuggingFaceTokenizer(json: json)).encode(text).pieces.isEmpty)
  }

  @Test func `a pattern of repetitions of nothing is refused`() throws {
    let json = try edited {
      $0["pre_tokenizer"] = [
        "type": "Split", "pattern": ["Regex": "(?:(?:(?:){1000}){1000}){1000}"],
        "behavior": "Isolated", "invert": false,
      ]
    }
    #expect(
      throws: TokenizerFileError.badRegex(
        path: "pre_tokenizer.pattern.Regex", .tooLong(limit: 20_000))
    ) {
      try HuggingFaceTokenizer(json: json)
    }
  }

  @Test func `rules that double a text over and over are stopped`() throws {
    let doubling: [String: Any] = [
      "type": "Replace", "pattern": ["String": "a"], "content": "aa",
    ]
    let half: [String: Any] = [
      "type": "Sequence", "normalizers": Array(repeating: doubling, count: 40),
    ]
    let bytes: [String: Any] = ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false]
    let json = try edited {
      $0["normalizer"] = ["type": "Sequence", "normalizers": [half, half]]
      $0["pre_tokenizer"] = [
        "type": "Sequence", "pretokenizers": Array(repeating: bytes, count: 40),
      ]
    }
    let encoding = try HuggingFaceTokenizer(json: json).encode("aa \u{E9}")
    #expect(encoding.pieces.allSatisfy { $0.utf8Range.upperBound <= 5 })
  }

  @Test func `numbers at their limits do no harm`() throws {
    let long = try edited {
      $0["pre_tokenizer"] = ["type": "FixedLength", "length": Int.max]
    }
    #expect(try HuggingFaceTokenizer(json: long).encode("abc").pieces.count == 1)
    // Transformers asks nothing of it but the side on which a text is cut.
    let truncation = try edited {
      $0["truncation"] = ["max_length": Int.min, "strategy": "LongestFirst", "stride": 0]
    }
    #expect(try HuggingFaceTokenizer(json: truncation).tokenLimit == nil)
    let json = try edited { _ in }
    let none = try HuggingFaceTokenizer(json: json, tokenLimit: Int.min)
    #expect(none.encode("abc").pieces.isEmpty && none.encode("abc").unseen(in: 0) == 0..<3)
  }

  private func expect(
    _ expected: TokenizerFileError, at location: SourceLocation = #_sourceLocation,
    _ edit: (inout [String: Any]) -> Void
  ) {
    #expect(throws: expected, sourceLocation: location) {
      try HuggingFaceTokenizer(json: try edited(edit))
    }
  }

  /// A small file, changed.
  private func edited(_ edit: (inout [String: Any]) -> Void) throws -> JSON {
    var object: [String: Any] = [
      "version": "1.0",
      "model": ["type": "WordLevel", "unk_token": "a", "vocab": ["a": 0]],
    ]
    edit(&object)
    return try JSON([UInt8](JSONSerialization.data(withJSONObject: object)))
  }
}
