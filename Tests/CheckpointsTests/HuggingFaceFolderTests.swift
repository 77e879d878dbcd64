import Checkpoints
import Foundation
import TestSupport
import Testing

struct HuggingFaceFolderTests {
  /// A folder in memory: a configuration, and files with tensors of zeros by name and shape.
  private func files(
    _ config: String, _ others: [String: [UInt8]] = [:]
  ) -> ModelFiles {
    var files = others.mapValues { ByteSource($0) }
    files["config.json"] = ByteSource(Array(config.utf8))
    return ModelFiles(files)
  }

  private func safetensors(_ names: [String]) -> [UInt8] {
    let members = names.enumerated().map { index, name in
      #""\#(name)":{"dtype":"F32","shape":[1],"data_offsets":[\#(4 * index),\#(4 * index + 4)]}"#
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
      + [UInt8](repeating: 0, count: 4 * names.count)
  }

  private func config(_ more: String = "", architecture: String? = "BertForSequenceClassification")
    -> String
  {
    let names = architecture.map { #", "architectures": ["\#($0)"]"# } ?? ""
    return #"{"model_type": "bert"\#(names)\#(more.isEmpty ? "" : ", " + more)}"#
  }

  private func read(_ files: ModelFiles) throws -> HuggingFaceFolder {
    try HuggingFaceFolder.read(files, supported: ["bert"])
  }

  private func classes(_ more: String) throws -> HuggingFaceConfiguration {
    try read(files(config(more), ["model.safetensors": safetensors(["a"])])).configuration
  }

  @Test func `a folder is told by its configuration`() throws {
    #expect(try HuggingFaceFolder.isOne(files(config())))
    #expect(try !HuggingFaceFolder.isOne(files(#"{"format": "whylight-model"}"#)))
    #expect(throws: CheckpointError.self) { try HuggingFaceFolder.isOne(files("{")) }
    #expect(throws: CheckpointError.missingFile(name: "config.json")) {
      try HuggingFaceFolder.isOne(ModelFiles([:]))
    }
  }

  @Test func `classes have names or numbers, and one class is a regression`() throws {
    #expect(try classes("").classes == ["LABEL_0", "LABEL_1"])
    #expect(try classes(#""num_labels": 3"#).classes.count == 3)
    let named = try classes(#""id2label": {"1": "good", "0": "bad"}"#)
    #expect(named.classes == ["bad", "good"])
    #expect(named.problem == .singleLabel)
    #expect(try classes(#""id2label": {"0": 5}"#).classes == ["5"])
    let one = try classes(#""id2label": {"0": "x"}"#)
    #expect(one.problem == .singleLabel && one.notes == [.assumedProbability])
    let number = try classes(#""id2label": {"0": "x"}, "problem_type": "regression""#)
    #expect(number.problem == .regression && number.notes.isEmpty)
    let told = try classes(
      #""num_labels": 1, "problem_type": "single_label_classification""#)
    #expect(told.problem == .singleLabel && told.notes.isEmpty)
    let problem = #""problem_type": "multi_label_classification""#
    #expect(try classes(problem).problem == .multiLabel)
    #expect(try classes(#""problem_type": null"#).problem == .singleLabel)
  }

  @Test(arguments: [
    #""id2label": {"1": "a"}"#, #""id2label": {"x": "a"}"#, #""id2label": {"0": "a", "00": "b"}"#,
    #""id2label": {}"#, #""id2label": []"#, #""id2label": {"0": []}"#, #""num_labels": 0"#,
    #""num_labels": 1e9"#, #""problem_type": "other""#, #""architectures": "x""#,
    #""model_type": 5"#,
  ])
  func `a configuration that makes no sense is refused`(_ more: String) {
    let text =
      more.contains("model_type") || more.contains("architectures")
      ? "{\(more), \"x\": 0}" : config(more)
    #expect(throws: CheckpointError.self) {
      try read(files(text, ["model.safetensors": safetensors(["a"])]))
    }
  }

  @Test func `a type of model that is not known is named with those that are`() {
    let fault = HuggingFaceFault.unsupportedModel(type: "gpt2", supported: ["bert"])
    #expect(throws: CheckpointError.huggingFace(fault)) {
      try read(files(#"{"model_type": "gpt2"}"#))
    }
  }

  @Test(arguments: [
    ("BertModel", HuggingFaceTask.encoder), ("BertForMaskedLM", .languageModel),
    ("BertLMHeadModel", .languageModel), ("BertForPreTraining", .languageModel),
    ("BertForTokenClassification", .tokenClassification),
    ("BertForQuestionAnswering", .questionAnswering), ("BertForMultipleChoice", .multipleChoice),
    ("BertForNextSentencePrediction", .other),
  ])
  func `a model for another task is named by its task`(
    _ architecture: String, _ task: HuggingFaceTask
  ) {
    #expect(
      throws: CheckpointError.huggingFace(.noClassifier(task, architecture: architecture))
    ) {
      try read(files(config(architecture: architecture)))
    }
  }

  @Test func `a model that does not say what it is needs a head`() throws {
    let bare = config(architecture: nil)
    #expect(throws: CheckpointError.huggingFace(.noClassifier(.encoder, architecture: nil))) {
      try read(files(bare, ["model.safetensors": safetensors(["bert.pooler.dense.weight"])]))
    }
    let headed = safetensors(["classifier.weight"])
    #expect(try read(files(bare, ["model.safetensors": headed])).tensors.names.count == 1)
  }

  @Test func `weights come in one file or in those that an index names`() throws {
    let index = #"{"weight_map": {"a": "one.safetensors", "b": "two.safetensors"}}"#
    let two = try read(
      files(
        config(),
        [
          "model.safetensors.index.json": Array(index.utf8),
          "one.safetensors": safetensors(["a", "c"]), "two.safetensors": safetensors(["b"]),
        ]))
    #expect(two.tensors.names == ["a", "b"])
    #expect(try two.tensors.vector("b", count: 1) == [0])
    let old = safetensors(["x.LayerNorm.gamma", "x.LayerNorm.beta"])
    let renamed = try read(files(config(), ["model.safetensors": old])).tensors.names
    #expect(renamed == ["x.LayerNorm.bias", "x.LayerNorm.weight"])
  }

  @Test func `shards that are missing, elsewhere or empty are named`() {
    func sharded(_ map: String, _ shards: [String: [UInt8]] = [:]) -> ModelFiles {
      var others = shards
      others["model.safetensors.index.json"] = Array(#"{"weight_map": \#(map)}"#.utf8)
      return files(config(), others)
    }
    let index = "model.safetensors.index.json"
    #expect(throws: CheckpointError.missingFile(name: "one.safetensors")) {
      try read(sharded(#"{"a": "one.safetensors"}"#))
    }
    for name in ["../x.safetensors", "/etc/passwd", "..", "", "a\\b", "x\\u0000y"] {
      let escaped = name.replacingOccurrences(of: "a\\b", with: "a\\\\b")
      #expect(throws: CheckpointError.self, "\(name)") {
        try read(sharded(#"{"a": "\#(escaped)"}"#))
      }
    }
    let outside = HuggingFaceFault.fileOutside(tensor: "a", file: "../x.safetensors")
    #expect(throws: CheckpointError.inFile(name: index, .huggingFace(outside))) {
      try read(sharded(#"{"a": "../x.safetensors"}"#))
    }
    let absent = HuggingFaceFault.notInShard(tensor: "a", file: "one.safetensors")
    #expect(throws: CheckpointError.inFile(name: index, .huggingFace(absent))) {
      try read(
        sharded(#"{"a": "one.safetensors"}"#, ["one.safetensors": safetensors(["b"])]))
    }
    #expect(throws: CheckpointError.self) { try read(sharded("[]")) }
    #expect(throws: CheckpointError.self) { try read(sharded(#"{"a": 5}"#)) }
  }

  @Test func `what holds no weights is told`() {
    #expect(throws: CheckpointError.self) { try read(files(config())) }
    let pointer = Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8)
    #expect(
      throws: CheckpointError.inFile(
        name: "model.safetensors", .huggingFace(.filePointer))
    ) {
      try read(files(config(), ["model.safetensors": pointer]))
    }
    // A pickle of the number 5.
    #expect(
      throws: CheckpointError.inFile(
        name: "pytorch_model.bin", .torch(.noTensors(found: "a number")))
    ) {
      try read(files(config(), ["pytorch_model.bin": [0x80, 2, 0x4B, 5, 0x2E]]))
    }
  }

  @Test func `sizes of no model are refused where they are asked for`() throws {
    let configuration = try classes(
      #""hidden_size": 99999999999, "eps": -1, "name": 5, "flag": "x", "list": [1]"#)
    #expect(throws: CheckpointError.self) { try configuration.size("hidden_size", default: 1) }
    #expect(throws: CheckpointError.self) { try configuration.number("eps", default: 1) }
    #expect(throws: CheckpointError.self) { try configuration.string("name", default: "") }
    #expect(throws: CheckpointError.self) { try configuration.flag("flag", default: true) }
    #expect(throws: CheckpointError.self) { try configuration.strings("list") }
    #expect(throws: CheckpointError.self) { try configuration.require("name", oneOf: ["a"]) }
    #expect(try configuration.size("absent", default: 7) == 7)
    #expect(try configuration.strings("absent") == nil)
  }
}
