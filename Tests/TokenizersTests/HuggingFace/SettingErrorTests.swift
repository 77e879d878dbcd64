import Documents
import Testing
import Tokenizers

/// Settings that are legal, wrong or in each other's way, beside small vocabularies.
@Suite struct SettingErrorTests {
  @Test func `a setting of the wrong kind is refused with its file and name`() throws {
    for (setting, value, expected, found) in [
      ("do_lower_case", #""yes""#, "true or false", "a string"),
      ("strip_accents", "1", "true or false", "a number"),
      ("model_max_length", #""512""#, "a number", "a string"),
      ("truncation_side", #""up""#, "'left' or 'right'", "a string"),
      ("cls_token", "[1]", "a token", "a list"),
      ("added_tokens_decoder", "[]", "an object", "a list"),
      ("tokenizer_class", "{}", "a string", "an object"),
      ("split_special_tokens", "0", "true or false", "a number"),
    ] {
      for hasJSON in [true, false] {
        #expect(
          throws: TokenizerFileError.inFile(
            name: "tokenizer_config.json",
            .wrongKind(path: setting, expected: expected, found: found)), "\(setting)"
        ) { try open(["tokenizer_config.json": "{\"\(setting)\": \(value)}"], hasJSON: hasJSON) }
      }
    }
  }

  @Test func `a file of settings that is no object is refused`() throws {
    for name in ["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"] {
      #expect(throws: TokenizerFileError.inFile(name: name, .noObject(found: "a list"))) {
        try open([name: "[1]"])
      }
    }
    #expect(
      throws: TokenizerFileError.inFile(
        name: "added_tokens.json",
        .wrongKind(path: "covid", expected: "a whole number", found: "a string"))
    ) { try open(["added_tokens.json": #"{"covid": "75"}"#]) }
    #expect(
      throws: TokenizerFileError.inFile(
        name: "special_tokens_map.json",
        .wrongKind(path: "mask_token", expected: "a token", found: "a number"))
    ) { try open(["special_tokens_map.json": #"{"mask_token": 3}"#]) }
  }

  @Test func `null is as if nothing were said`() throws {
    let config = """
      {"do_lower_case": null, "strip_accents": null, "model_max_length": null, "never_split": null,
       "tokenizer_class": null, "truncation_side": null, "additional_special_tokens": null,
       "unknown": {"deep": [[]]}}
      """
    for hasJSON in [true, false] {
      let tokenizer = try open(["tokenizer_config.json": config], hasJSON: hasJSON)
      let plain = try open([:], hasJSON: hasJSON)
      #expect(tokenizer.encode("The Movie") == plain.encode("The Movie"))
      #expect(tokenizer.tokenLimit == nil)
    }
  }

  @Test func `a limit is a number that a text can reach`() throws {
    for (value, limit) in [
      ("1e30", nil), ("1000000000000000019884624838656", nil), ("0", nil), ("-1", nil), ("1", nil),
      ("2", 2), ("512", 512), ("512.0", 512),
    ] as [(String, Int?)] {
      let config = "{\"model_max_length\": \(value)}"
      #expect(try open(["tokenizer_config.json": config]).tokenLimit == limit, "\(value)")
    }
    #expect(try open(["tokenizer_config.json": #"{"max_len": 8}"#]).tokenLimit == 8)
  }

  @Test func `what settings change in tokenizer.json is told`() throws {
    let cased = try open(["tokenizer_config.json": "{}"], kind: "wordpiece-cased")
    let override = try #require(cased.overrides.first)
    #expect(cased.overrides.count == 1)
    #expect(override.setting == "do_lower_case" && override.value)
    #expect(override.defaultOf == "BertTokenizer" && override.path == "normalizer.lowercase")
    #expect(cased.encode("The").pieces.map(\.text) == ["[CLS]", "the", "[SEP]"])
    let config = #"{"do_lower_case": false, "tokenize_chinese_chars": false}"#
    let given = try open(["tokenizer_config.json": config], kind: "wordpiece-cased")
    #expect(given.overrides.map(\.path) == ["normalizer.handle_chinese_chars"])
    #expect(given.overrides.allSatisfy { $0.defaultOf == nil && !$0.value })
    #expect(try open([:], kind: "wordpiece").overrides == [])
  }

  @Test func `a class of BERT's brings a normalizer where the file has none`() throws {
    var json = try tokenizerJSON("wordpiece")
    json["normalizer"] = .null
    let tokenizer = try open(["tokenizer.json": json.line])
    // As transformers 5.24, which builds it anew; transformers 4.57 does not open such a folder.
    #expect(tokenizer.encode("The").pieces.map(\.text) == ["[CLS]", "the", "[SEP]"])
  }

  @Test func `a renamed token frames a text and is known for it`() throws {
    let config = #"{"cls_token": "the", "sep_token": {"__type": "AddedToken", "content": "a"}}"#
    let pieces = try open(["tokenizer_config.json": config], hasJSON: false).encode("Movie").pieces
    #expect(pieces.map(\.text) == ["the", "movie", "a"])
    #expect(pieces.map(\.isSpecial) == [true, false, true])
    #expect(pieces.map(\.word) == [nil, 0, nil])
  }

  @Test func `an unknown token that the vocabulary lacks is named`() throws {
    #expect(
      throws: TokenizerFileError.inFile(
        name: "vocab.txt", .unknownToken(path: "unk_token", token: "<nothing>"))
    ) { try open(["tokenizer_config.json": #"{"unk_token": "<nothing>"}"#], hasJSON: false) }
  }

  @Test func `tokens without a row of the embedding have no role and are no words`() throws {
    let added = #"{"added_tokens_decoder": {"9": {"content": "covid"}}, "mask_token": "<new>"}"#
    var tokenizer = try open(["tokenizer_config.json": added])
    let count = try open([:]).vocabulary.count
    #expect(tokenizer.roles.mask == count + 1)
    #expect(tokenizer.limit(to: count) == ["covid", "<new>"])
    #expect(tokenizer.vocabulary.count == count && tokenizer.roles.mask == nil)
    #expect(tokenizer.roles.padding == 0)
    // The text still has it, so that the model can say what it does not know.
    let piece = tokenizer.encode("covid").pieces[1]
    #expect(piece.text == "covid" && piece.id == count)
    #expect(tokenizer.limit(to: count) == [])
  }

  @Test func `more added tokens than any tokenizer has are refused`() throws {
    let many = (0..<30_001).map { "\"new \($0)\": \($0)" }.joined(separator: ",")
    #expect(
      throws: TokenizerFileError.tooLarge(
        path: "added_tokens", what: "tokens", count: 30_001, limit: 30_000)
    ) { try open(["added_tokens.json": "{\(many)}"]) }
  }

  /// A BERT folder.
  ///
  /// - Parameter kind: of the fixtures, where the folder has a `tokenizer.json`.
  private func open(
    _ files: [String: String], kind: String = "wordpiece", hasJSON: Bool = true
  ) throws -> HuggingFaceTokenizer {
    try HuggingFaceTokenizer(model: ModelSettings(type: "bert"), tokenLimit: nil) { name in
      if let text = files[name] { return Array(text.utf8) }
      if name == "tokenizer.json" {
        return hasJSON ? Array(try tokenizerJSON(kind).line.utf8) : nil
      }
      return try legacyFile(name, of: "bert")
    }
  }
}
