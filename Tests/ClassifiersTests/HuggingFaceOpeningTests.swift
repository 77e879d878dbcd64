import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private struct TransformerAnswer: Decodable {
  var text: String
  var ids: [Int]
  var logits: [Float]
}

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("parity/transformers/\(name)").path }

struct HuggingFaceOpeningTests {
  /// Those with a tokenizer.
  static let names = TransformerCase.all.map(\.name).filter {
    FileManager.default.fileExists(atPath: path($0) + "/answers.json")
  }

  @Test(arguments: names) func `a folder says what transformers says, from the text on`(
    _ name: String
  ) throws {
    #expect(Self.names.count == 9)
    let model = try opener.open(path(name))
    let data = try Data(contentsOf: URL(filePath: path(name) + "/answers.json"))
    let answers = try JSONDecoder().decode([TransformerAnswer].self, from: data)
    #expect(answers.count == 6)
    for answer in answers {
      let prediction = try model.predict(answer.text)
      #expect(prediction.encoding.ids == answer.ids, "\(answer.text)")
      #expect(largestDifference(prediction.logits, answer.logits) < 1e-4, "\(answer.text)")
    }
    // The last text is longer than the model takes.
    let last = try #require(answers.last)
    #expect(model.tokenizer.encode(last.text).unseen(in: 0) != nil)
    #expect(last.ids.count == 64)
  }

  @Test(arguments: names) func `an opening tells how far it is and can be given up`(
    _ name: String
  ) throws {
    let progress = LoadProgress()
    var options = OpeningOptions()
    options.progress = progress
    _ = try opener.open(path(name), with: options)
    // Some files have weights that no classifier needs.
    #expect(progress.fraction.map { $0 > 0.9 } == true)
    let given = LoadProgress()
    given.giveUp()
    options.progress = given
    #expect(throws: CancellationError.self) { try opener.open(path(name), with: options) }
  }

  @Test func `a folder's facts are its own`() throws {
    let model = try opener.open(path("roberta") + "/")
    #expect(model.name == "roberta" && model.architecture == "roberta")
    #expect(model.facts.tokenLimit == 64)
    #expect(model.facts.tokenizer == "BPE" && model.facts.vocabularySize == 300)
    #expect(model.tokenizer.roles == TokenRoles(unknown: 3, padding: 1, mask: 4))
    let settings = Dictionary(
      uniqueKeysWithValues: model.facts.settings.map { ($0.name, $0.value) })
    #expect(settings["hidden_size"] == "32" && settings["hidden_act"] == "gelu")
    #expect(settings["problem_type"] == "single_label_classification")
    // By transformers: the index of the shards has it too.
    #expect(model.facts.parameterCount == 27_971)
    #expect(model.facts.notes.isEmpty)
    #expect(model.classifier.can(.attention))
  }

  @Test func `a list of numbers is a fact`() throws {
    let settings = try opener.open(path("longformer")).facts.settings
    #expect(settings.first { $0.name == "attention_window" }?.value == "4, 12")
  }

  @Test func `the problem decides what becomes of numbers`() throws {
    let each = try opener.open(path("bert-multi-label"))
    #expect(each.classifier.link == .sigmoid)
    #expect(each.classifier.classes == ["toxic", "insult", "threat", "spam"])
    let folder = try TransformerCase(name: "bert-regression").folder()
    let regression = try Transformer(folder)
    #expect(regression.link == .identity && regression.classes == ["LABEL_0"])
  }

  @Test func `what is no text classifier is refused with what it is`() throws {
    let base = try Folder(of: "bert")
    func error(_ old: String, _ new: String) throws -> CheckpointError? {
      let folder = try base.copy(replacing: old, with: new)
      do {
        _ = try opener.open(folder.path)
      } catch ModelOpeningError.checkpoint(_, let error) {
        return error
      }
      return nil
    }
    let types = Transformer.modelTypes
    #expect(
      try error(#""model_type": "bert""#, #""model_type": "t5""#)
        == .huggingFace(.unsupportedModel(type: "t5", supported: types)))
    #expect(
      try error("BertForSequenceClassification", "BertModel")
        == .huggingFace(.noClassifier(.encoder, architecture: "BertModel")))
    func mismatches(_ old: String, _ new: String) throws -> [TensorMismatch] {
      guard case .mismatches(let mismatches, _)? = try error(old, new) else { return [] }
      return mismatches
    }
    let missing = try mismatches(#""num_hidden_layers": 3"#, #""num_hidden_layers": 4"#)
    #expect(missing.count == 16)
    #expect(missing.allSatisfy { $0.tensor.hasPrefix("bert.encoder.layer.3.") && $0.found == nil })
    let wrong = try mismatches(#""hidden_size": 32"#, #""hidden_size": 16"#)
    let words = TensorMismatch(
      tensor: "bert.embeddings.word_embeddings.weight", expected: [80, 16], found: [80, 32])
    #expect(wrong.contains(words))
    // All but the inner layers' shifts and the classifier's.
    #expect(wrong.count == 5 + 3 * 15 + 2 + 1)
  }

  @Test func `weights that are no numbers are opened and said`() throws {
    let folder = try Folder(of: "bert-regression").copy(replacing: "", with: "")
    for name in ["tokenizer.json", "tokenizer_config.json"] {
      try FileManager.default.copyItem(
        atPath: path("bert") + "/" + name, toPath: folder.path + "/" + name)
    }
    // In single precision, and the last tensor of the file.
    let weights = URL(filePath: folder.path + "/model.safetensors")
    var bytes = try Data(contentsOf: weights)
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
    try bytes.write(to: weights)
    let model = try opener.open(folder.path)
    #expect(model.facts.notes.count == 1)
    guard case .notFinite(_, let count)? = model.facts.notes.first else {
      Issue.record("nothing was said")
      return
    }
    #expect(count == 1)
    #expect(try model.predict("Not bad.").logits.count == 1)
  }

  /// A text that BigBird reads in blocks is filled up to whole ones, which must have positions.
  @Test(arguments: [
    ("bigbird-blocks", "", "", 63), ("bigbird-blocks", "block_sparse", "original_full", 64),
    ("bigbird-blocks", "\"block_size\": 3", "\"block_size\": 50", 64),
    ("bigbird-sparse", "", "", 64),
  ]) func `BigBird's longest text has as many whole blocks as there are positions`(
    _ name: String, _ old: String, _ new: String, _ limit: Int
  ) throws {
    let folder = try Folder(of: name).copy(replacing: old, with: new)
    for name in ["tokenizer.json", "tokenizer_config.json"] {
      try FileManager.default.copyItem(
        atPath: path("bert") + "/" + name, toPath: folder.path + "/" + name)
    }
    let config = URL(filePath: folder.path + "/tokenizer_config.json")
    try Data("{}".utf8).write(to: config)
    #expect(try opener.open(folder.path).facts.tokenLimit == limit)
  }

  @Test func `settings of the tokenizer that change or lack something are noted`() throws {
    let folder = try Folder(of: "bert").copy(replacing: "", with: "")
    let config = """
      {"do_lower_case": false, "added_tokens_decoder": {"80": {"content": "covid"}},
       "mask_token": "<new>"}
      """
    try Data(config.utf8).write(to: URL(filePath: folder.path + "/tokenizer_config.json"))
    let model = try opener.open(folder.path)
    #expect(
      model.facts.notes == [
        .overridden(
          setting: "do_lower_case", value: false, defaultOf: nil, path: "normalizer.lowercase"),
        .tokensWithoutEmbedding(["covid", "<new>"], rows: 80),
      ])
    #expect(model.tokenizer.vocabulary.count == 80 && model.tokenizer.roles.mask == nil)
    #expect(throws: ClassifierError.tokenOutOfVocabulary(id: 80, vocabulary: 80)) {
      try model.predict("covid")
    }
  }

  @Test func `a folder without a tokenizer is told so`() throws {
    #expect(throws: ModelOpeningError.self) { try opener.open(path("electra")) }
    let broken = try Folder(of: "bert").copy(replacing: "", with: "")
    try Data(#"{"model": {"type": "Other"}}"#.utf8).write(
      to: URL(filePath: broken.path + "/tokenizer.json"))
    do {
      _ = try opener.open(broken.path)
      Issue.record("a model of an unknown kind was read")
    } catch ModelOpeningError.tokenizerFile(_, .unknownComponent(_, let name, _)) {
      #expect(name == "Other")
    }
  }
}

/// A folder of the fixture, of which changed copies are made.
private final class Folder {
  let path: String

  init(of name: String) throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "whylight-tests-\(UUID().uuidString)").path
    try FileManager.default.copyItem(
      atPath: fixture("parity/transformers/\(name)").path, toPath: path)
  }

  private init(copying other: Folder) throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "whylight-tests-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: other.path, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A copy with something else in its configuration.
  func copy(replacing old: String, with new: String) throws -> Folder {
    let copy = try Folder(copying: self)
    let config = URL(filePath: copy.path + "/config.json")
    let text = String(decoding: try Data(contentsOf: config), as: UTF8.self)
    try #require(old.isEmpty || text.contains(old))
    let changed = old.isEmpty ? text : text.replacingOccurrences(of: old, with: new)
    try Data(changed.utf8).write(to: config)
    return copy
  }
}
