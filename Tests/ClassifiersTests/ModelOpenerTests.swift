import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("checkpoints/\(name)").path }

struct ModelOpenerTests {
  @Test(
    arguments: [
      "words-one-layer", "words-own-exceptions", "spaces-bidirectional",
      "spaces-backwards-multi-label",
      "spaces-four-layers-ranged", "spaces-legacy-container",
    ])
  func `an export says what learn.predict said`(name: String) throws {
    let model = try opener.open(path(name + ".pkl"))
    #expect(model.name == name)
    try expectAnswers(of: model, at: fixture("checkpoints/\(name).json"))
  }

  @Test(arguments: ["spaces", "pieces"])
  func `an export of the first fastai 2 says what learn.predict said`(name: String) throws {
    let model = try opener.open(fixture("fastai-2.0/\(name).pkl").path)
    try expectAnswers(of: model, at: fixture("fastai-2.0/\(name).json"))
  }

  @Test func `pieces point at the words that they are of`() throws {
    let model = try opener.open(fixture("fastai-2.0/pieces.pkl").path)
    let pieces = model.tokenizer.encode("  The FILM isn't").pieces
    #expect(pieces.prefix(4).map(\.text) == ["▁xxbos", "▁xxmaj", "▁the", "▁xxup"])
    #expect(pieces.prefix(4).map(\.isSpecial) == [true, true, false, true])
    #expect(pieces.prefix(4).map(\.utf8Range) == [0..<0, 2..<5, 2..<5, 6..<10])
    #expect(pieces[0].isFrame && !pieces[1].isFrame)
    // Whatever the pieces are, those of a word go together and cover it.
    #expect(pieces.last?.word == 2 && pieces.last?.utf8Range.upperBound == 16)
    #expect(pieces.compactMap(\.word).max() == 2)
  }

  @Test func `an export's facts are its own`() throws {
    let model = try opener.open(path("spaces-bidirectional.pkl"))
    let facts = model.facts
    #expect(model.architecture == "awd-lstm")
    #expect(facts.tokenizer == "fastai rules, split at spaces" && facts.vocabularySize == 32)
    #expect(facts.tokenLimit == 1440)
    let settings = Dictionary(uniqueKeysWithValues: facts.settings.map { ($0.name, $0.value) })
    #expect(settings["bidir"] == "yes")
    #expect(settings["n_layers"] == "3")
    #expect(settings["head"] == "36 → 50 → 5")
    // By PyTorch: sum(p.numel() for p in learn.model.parameters()), the embedding counted once.
    #expect(facts.parameterCount == 8_430)
  }

  @Test func `what is no model is refused with its name`() {
    #expect(throws: ModelOpeningError.noSuchModel(argument: "none", embedded: [])) {
      try opener.open("none")
    }
    #expect(throws: ModelOpeningError.noSuchModel(argument: "", embedded: [])) {
      try opener.open(nil)
    }
    #expect(throws: ModelOpeningError.noSuchModel(argument: "a\0b", embedded: [])) {
      try opener.open("a\0b")
    }
    #expect(throws: ModelOpeningError.noModelInFolder(path: "/", models: [])) {
      try opener.open("/")
    }
    let script = path("generate.py")
    #expect(throws: ModelOpeningError.unknownFormat(path: script)) { try opener.open(script) }
    let device = ModelOpeningError.checkpoint(model: "/dev/null", .notAFile)
    #expect(throws: device) { try opener.open("/dev/null") }
    let weights = path("refused-weights.pth")
    #expect(throws: ModelOpeningError.noVocabulary(path: weights)) { try opener.open(weights) }
  }

  // MARK: - Folders

  /// A model folder with one layer, and what is wrong with it.
  private func folder(
    vocabulary: [String] = ["xxunk", "xxpad", "a"], rows: Int = 3, classes: Int = 2,
    language: String = "en", rule: String = "lowercase", check: String = "[]"
  ) -> ModelOpener {
    let names = (0..<classes).map { "\"\($0)\"" }.joined(separator: ",")
    let config = """
      {"format": "whylight-model", "version": 1, "name": "tiny", "architecture": "awd-lstm",
       "classes": [\(names)], "problem": "single-label",
       "awd_lstm": {"emb_sz": 2, "n_hid": 3, "n_layers": 1, "bidir": false, "pad_token": 1,
                    "bptt": 72, "max_len": null, "backwards": false, "y_range": null},
       "tokenizer": {"kind": "fastai-words", "language": "\(language)", "rules": ["\(rule)"],
                     "special_tokens": ["xxunk"], "vocabulary": "vocab.json"}}
      """
    let shapes = [
      ("0.module.encoder.weight", [rows, 2]), ("0.module.rnns.0.weight_hh_l0_raw", [8, 2]),
      ("0.module.rnns.0.module.weight_ih_l0", [8, 2]),
      ("0.module.rnns.0.module.bias_ih_l0", [8]), ("0.module.rnns.0.module.bias_hh_l0", [8]),
      ("1.layers.0.1.weight", [2, 6]),
    ]
    var header: [String] = []
    var end = 0
    for (name, shape) in shapes {
      let start = end
      end += 4 * shape.reduce(1, *)
      header.append(
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}")
    }
    let text = Array("{\(header.joined(separator: ","))}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    let words = vocabulary.map { "\"\($0)\"" }.joined(separator: ",")
    let files = ModelFiles([
      "config.json": ByteSource(Array(config.utf8)),
      "vocab.json": ByteSource(Array("[\(words)]".utf8)),
      "model.safetensors": ByteSource(length + text + [UInt8](repeating: 0, count: end)),
      "selfcheck.json": ByteSource(Array(check.utf8)),
    ])
    return ModelOpener(embedded: [.init(name: "tiny", files: files)])
  }

  @Test func `weights of zero know nothing`() throws {
    let model = try folder().open("tiny")
    #expect(try model.predict("a a").probabilities == [0.5, 0.5])
    #expect(model.facts.tokenLimit == nil)
    #expect(model.facts.tokenizer == "fastai words" && model.facts.vocabularySize == 3)
  }

  @Test func `parts that do not fit together are named`() {
    let rows = CheckpointError.wrongShape(
      tensor: "0.module.encoder.weight", expected: [3, 2], found: [4, 2])
    #expect(throws: ModelOpeningError.checkpoint(model: "tiny", rows)) {
      try folder(rows: 4).open("tiny")
    }
    let classes = ClassifierError.otherClasses(outputs: 2, classes: 3)
    #expect(throws: ModelOpeningError.classifier(model: "tiny", classes)) {
      try folder(classes: 3).open("tiny")
    }
    let language = TokenizerProblem.unsupportedLanguage(name: "de")
    #expect(throws: ModelOpeningError.tokenizer(model: "tiny", language)) {
      try folder(language: "de").open("tiny")
    }
    let rules = TextRule.allCases.map(\.rawValue)
    let rule = TokenizerProblem.unknownRule(name: "shout", known: rules)
    #expect(throws: ModelOpeningError.tokenizer(model: "tiny", rule)) {
      try folder(rule: "shout").open("tiny")
    }
  }

  @Test func `a word that the vocabulary does not hold is its first token, as in fastai`() throws {
    let model = try folder(vocabulary: ["a", "b", "c"]).open("tiny")
    #expect(model.tokenizer.encode("b unheard").ids == [0, 1, 0])
  }

  @Test func `a model that does not say what it said is not opened`() throws {
    let right = #"[{"text": "a", "ids": [0, 2], "probabilities": [0.5, 0.5]}]"#
    #expect(throws: Never.self) { try folder(check: right).open("tiny") }
    let wrong = #"[{"text": "a", "ids": [0, 2], "probabilities": [0.6, 0.4]}]"#
    let failure = ModelOpeningError.selfCheckFailed(
      model: "tiny", text: "a", expected: [0.6, 0.4], found: [0.5, 0.5])
    #expect(throws: failure) { try folder(check: wrong).open("tiny") }
    let outside = #"[{"text": "a", "ids": [3], "probabilities": [0.5, 0.5]}]"#
    let tokens = ModelOpeningError.selfCheckTokensDiffer(
      model: "tiny", text: "a", expected: [3], found: [0, 2])
    #expect(throws: tokens) {
      try folder(check: outside).open("tiny")
    }
    let empty = #"[{"text": "", "ids": [0], "probabilities": [0.5, 0.5]}]"#
    #expect(throws: Never.self) { try folder(check: empty).open("tiny") }
  }
}
