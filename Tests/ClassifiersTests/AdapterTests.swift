import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

/// What peft computes with a small random model and an adapter; `Tests/Fixtures/adapters/generate.py` made
/// them.
struct AdapterCase: Sendable, CustomTestStringConvertible {
  struct Expected: Decodable {
    var ids: [[Int]]
    var logits: [[Float]]
  }

  let name: String

  var testDescription: String { name }
  var adapter: String { fixture("adapters/\(name)/adapter").path }
  var base: String { fixture("adapters/\(name)/base").path }

  func expected() throws -> Expected {
    try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: fixture("adapters/\(name)/expected.json")))
  }

  static let all = [
    "bert", "roberta", "electra", "modernbert", "bert-embeddings", "distilbert-new-tokens",
    "gpt2", "qwen2",
  ].map(AdapterCase.init).filter(\.isOfKnownType)

  private var isOfKnownType: Bool {
    let settings = try? HuggingFaceConfiguration(
      bytes: Array(Data(contentsOf: URL(filePath: base + "/config.json"))))
    return Transformer.modelTypes.contains(settings?.modelType ?? "")
  }

  /// The adapter in a folder of its own, changed, beside nothing; it goes at the end.
  func copy<Result>(
    _ change: (URL) throws -> Void, _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "whylight adapter \(UUID().uuidString)")
    try FileManager.default.copyItem(atPath: adapter, toPath: folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    try change(folder)
    return try body(folder.path)
  }
}

/// Of logits of about 1, computed in single precision here and there.
private let tolerance: Float = 2e-5

/// The logits of a model for texts that are given by ids.
private func logits(_ model: Model, _ ids: [[Int]]) throws -> [Float] {
  try model.classifier.logits(for: ids.map { $0.map { Token(id: $0) } }).elements
}

private func checkpointError(_ body: () throws -> Model) throws -> CheckpointError? {
  do {
    _ = try body()
    return nil
  } catch ModelOpeningError.checkpoint(_, let error) {
    return error
  }
}

struct AdapterTests {
  @Test func `most families have a case`() { #expect(AdapterCase.all.count >= 6) }

  @Test(arguments: AdapterCase.all)
  func `a model with an adapter says what peft says`(_ parity: AdapterCase) throws {
    let expected = try parity.expected()
    // The base stands beside the adapter, under the last part of the name that the adapter gives.
    let model = try opener.open(parity.adapter)
    let found = try logits(model, expected.ids)
    #expect(largestDifference(found, expected.logits.flatMap(\.self)) < tolerance)
    #expect(model.facts.base == parity.base)
    let given = try opener.open(parity.adapter, with: OpeningOptions(base: parity.base))
    #expect(try logits(given, expected.ids) == found)
    let line = ModelArgument(model: parity.adapter, base: parity.base, tokenizer: nil).line
    #expect(try logits(opener.open(line), expected.ids) == found)
  }

  @Test(arguments: AdapterCase.all)
  func `an imported adapter needs its base no more`(_ parity: AdapterCase) throws {
    let expected = try parity.expected()
    let model = try opener.read(parity.adapter)
    try parity.copy { folder in
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        try FileManager.default.removeItem(at: folder.appending(path: name))
      }
      for file in try model.files(card: "card") {
        var bytes: [UInt8] = []
        try file.write { bytes += $0 }
        try Data(bytes).write(to: folder.appending(path: file.name))
      }
    } _: { path in
      let found = try logits(opener.open(path), expected.ids)
      #expect(try found == logits(model.model, expected.ids))
    }
  }

  @Test func `classes are the base's if there are as many, else they are numbered`() throws {
    let named = try opener.open(AdapterCase(name: "bert-embeddings").adapter)
    #expect(named.classifier.classes == ["bad", "fair", "good"])
    #expect(!named.facts.notes.contains(.numberedClasses(3)))
    let numbered = try opener.open(AdapterCase(name: "modernbert").adapter)
    #expect(numbered.classifier.classes == (0..<4).map { "LABEL_\($0)" })
    #expect(numbered.facts.notes.contains(.numberedClasses(4)))
  }

  @Test func `classes that stand in a config.json of the adapter's are its own`() throws {
    let bert = AdapterCase(name: "bert")
    try bert.copy { folder in
      let settings = #"{"model_type": "bert", "id2label": {"0": "no", "1": "so", "2": "yes"}}"#
      try Data(settings.utf8).write(to: folder.appending(path: "config.json"))
    } _: { path in
      let model = try opener.open(path, with: OpeningOptions(base: bert.base))
      #expect(model.classifier.classes == ["no", "so", "yes"])
    }
  }

  @Test func `the tokenizer beside an adapter wins over the base's`() throws {
    let model = try opener.open(AdapterCase(name: "distilbert-new-tokens").adapter)
    #expect(model.tokenizer.vocabulary.count == 66)
    #expect(model.facts.notes.allSatisfy { !$0.isWarning })
    #expect(try opener.open(AdapterCase(name: "bert").adapter).tokenizer.vocabulary.count == 64)
  }

  @Test func `progress counts the base and the adapter`() throws {
    var options = OpeningOptions()
    let progress = LoadProgress()
    options.progress = progress
    _ = try opener.open(AdapterCase(name: "bert").adapter, with: options)
    #expect(progress.fraction == 1)
  }

  /// - Parameter rename: what a tensor is called instead; nil leaves it out.
  private func renamed(
    _ parity: AdapterCase, _ rename: (String) -> String?, _ body: (String) throws -> Void
  ) throws {
    try parity.copy { folder in
      let file = folder.appending(path: "adapter_model.safetensors")
      let tensors = try Safetensors.tensors(in: ByteSource(path: file.path))
      var entries: [String: NamedTensors.Entry] = [:]
      for name in tensors.names {
        let shape = try #require(tensors.shape(of: name))
        guard let other = rename(name) else { continue }
        entries[other] = NamedTensors.Entry(
          shape: shape, values: try tensors.values(name, shape: shape))
      }
      var bytes: [UInt8] = []
      try Safetensors.write(NamedTensors(entries)) { bytes += $0 }
      try Data(bytes).write(to: file)
    } _: {
      try body($0)
    }
  }

  @Test func `older names of the same tensors are read`() throws {
    let parity = AdapterCase(name: "roberta")
    let expected = try parity.expected()
    let options = OpeningOptions(base: parity.base)
    let renamings: [(String) -> String] = [
      { $0.replacing("classifier.", with: "classifier.modules_to_save.default.") },
      { $0.replacing("classifier.", with: "classifier.modules_to_save.") },
      {
        $0.replacing("lora_A.", with: "lora_A.default.").replacing(
          "lora_B.", with: "lora_B.default.")
      },
      { $0.replacing("base_model.model.", with: "") },
    ]
    for rename in renamings {
      try renamed(parity, rename) { path in
        let found = try logits(opener.open(path, with: options), expected.ids)
        #expect(largestDifference(found, expected.logits.flatMap(\.self)) < tolerance)
      }
    }
  }

  @Test(arguments: [
    ("refused-dora", AdapterFault.unsupportedSetting(name: "use_dora", value: "true")),
    ("refused-ia3", .unsupportedMethod(name: "IA3")),
    ("refused-prompt", .unsupportedMethod(name: "PROMPT_TUNING")),
    ("refused-random-head", .notLearned(tensors: ["pooler.dense.bias", "pooler.dense.weight"])),
  ])
  func `what can't be merged is named`(name: String, fault: AdapterFault) throws {
    let error = try checkpointError { try opener.open(AdapterCase(name: name).adapter) }
    #expect(error == .adapter(fault))
  }

  @Test(arguments: [
    (
      #""task_type": "SEQ_CLS""#, #""task_type": "CAUSAL_LM""#,
      AdapterFault.otherTask(name: "CAUSAL_LM")
    ),
    (#""peft_type": "LORA""#, #""kind": "LORA""#, .notPeft),
    (
      #""init_lora_weights": true"#, #""init_lora_weights": "pissa""#,
      .unsupportedSetting(name: "init_lora_weights", value: "pissa")
    ),
    (
      #""layer_replication": null"#, #""layer_replication": [[0, 1]]"#,
      .unsupportedSetting(name: "layer_replication", value: "a list")
    ),
    (
      #""r": 4"#, #""r": 4, "of_tomorrow": 1"#,
      .unsupportedSetting(name: "of_tomorrow", value: "1")
    ),
  ])
  func `a setting that changes what is computed is refused by name`(
    old: String, new: String, fault: AdapterFault
  ) throws {
    let bert = AdapterCase(name: "bert")
    let error = try bert.copy { folder in
      let file = folder.appending(path: "adapter_config.json")
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      try #require(text.contains(old))
      try Data(text.replacing(old, with: new).utf8).write(to: file)
    } _: { path in
      try checkpointError { try opener.open(path, with: OpeningOptions(base: bert.base)) }
    }
    #expect(error == .adapter(fault))
  }

  @Test func `a base that is nowhere is asked for`() throws {
    let error = try AdapterCase(name: "bert").copy { _ in
    } _: { path in
      try checkpointError { try opener.open(path) }
    }
    guard case .adapter(.noBase("trained/somewhere/base", let places))? = error else {
      Issue.record("\(error.map { "\($0)" } ?? "opened")")
      return
    }
    #expect(places.count == 3)
  }

  @Test func `a base for a whole model is of no use`() throws {
    let whole = fixture("parity/transformers/bert").path
    #expect(throws: ModelOpeningError.unusedOption(name: "base", path: whole)) {
      try opener.open(whole, with: OpeningOptions(base: whole))
    }
    let export = fixture("checkpoints/words-one-layer.pkl").path
    #expect(throws: ModelOpeningError.unusedOption(name: "base", path: export)) {
      try opener.open(export, with: OpeningOptions(base: whole))
    }
    let adapter = AdapterCase(name: "bert").adapter
    #expect(throws: ModelOpeningError.unusedOption(name: "tokenizer", path: adapter)) {
      try opener.open(adapter, with: OpeningOptions(tokenizer: "spaces"))
    }
    #expect(throws: ModelOpeningError.noModelInFolder(path: "/nowhere", models: [])) {
      try opener.open(adapter, with: OpeningOptions(base: "/nowhere"))
    }
  }

  @Test func `an adapter on another base is refused`() throws {
    let adapter = AdapterCase(name: "bert").adapter
    let other = OpeningOptions(base: AdapterCase(name: "roberta").base)
    guard
      case .adapter(.otherBase)? = try checkpointError({ try opener.open(adapter, with: other) })
    else {
      Issue.record("it was put on the other base")
      return
    }
  }

  @Test func `damaged changes are refused`() throws {
    let bert = AdapterCase(name: "bert")
    let options = OpeningOptions(base: bert.base)
    try renamed(bert) { name in
      name.contains("layer.0.attention.self.query.lora_B") ? nil : name
    } _: { path in
      guard
        case .adapter(.halfChange)? = try checkpointError({ try opener.open(path, with: options) })
      else {
        Issue.record("half a change was read")
        return
      }
    }
    try renamed(bert) { name in
      name.replacing("query.lora_A", with: "query.lora_C")
        .replacing("query.lora_B", with: "query.lora_A")
        .replacing("query.lora_C", with: "query.lora_B")
    } _: { path in
      let error = try checkpointError { try opener.open(path, with: options) }
      guard case .mismatches? = error else {
        Issue.record("\(error.map { "\($0)" } ?? "opened")")
        return
      }
    }
    try renamed(bert) {
      $0.contains("classifier") ? nil : $0
    } _: { path in
      let error = try checkpointError { try opener.open(path, with: options) }
      #expect(
        error == .adapter(.notLearned(tensors: ["classifier.bias", "classifier.weight"])))
    }
  }

  @Test func `a base is looked for where Hugging Face's cache keeps models`() throws {
    let bert = AdapterCase(name: "bert")
    let hub = FileManager.default.temporaryDirectory.appending(path: "hub-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: hub) }
    let places = [
      (bert.adapter, "models--me--tuned/snapshots/0a1b"),
      (bert.base, "models--trained--somewhere--base/snapshots/2c3d"),
    ]
    for (from, to) in places {
      let place = hub.appending(path: to)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: from, toPath: place.path)
    }
    let adapter = hub.appending(path: places[0].1).path
    #expect(BaseFolder.found(for: adapter) == hub.appending(path: places[1].1).path)
    #expect(try opener.open(adapter).name == "me/tuned")
  }

  @Test func `a line holds a base with spaces`() {
    let argument = ModelArgument("~/my adapter --base ../Qwen 2.5 base")
    #expect(argument.model == "~/my adapter" && argument.base == "../Qwen 2.5 base")
    #expect(argument.tokenizer == nil && ModelArgument(argument.line) == argument)
    let both = ModelArgument(model: "a b", base: "c d", tokenizer: "regex: --base x")
    #expect(ModelArgument(both.line) == both)
    #expect(ModelArgument("exec:x --base y").base == nil)
    #expect(both.mapPaths { "/" + $0 }.line == "/a b --base /c d --tokenizer regex: --base x")
  }
}
