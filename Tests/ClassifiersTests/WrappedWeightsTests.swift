import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing

private let opener = ModelOpener(embedded: [])

/// A copy of a folder of the fixtures, with some of its files changed; it goes at the end.
private func copy<Result>(
  of name: String, _ change: (URL) throws -> Void, _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "whylight-tests-\(UUID().uuidString)")
  try FileManager.default.copyItem(at: fixture("parity/transformers/\(name)"), to: folder)
  defer { try? FileManager.default.removeItem(at: folder) }
  try change(folder)
  return try body(folder.path)
}

private func replace(_ old: String, with new: String, in file: URL) throws {
  let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  try #require(text.contains(old))
  try Data(text.replacing(old, with: new).utf8).write(to: file)
}

struct WrappedWeightsTests {
  @Test(arguments: ["transposed", "parallel", "lightning"])
  func `weights with other names or another order of numbers are the same model`(
    name: String
  ) throws {
    let text = "Not bad at all."
    let expected = try opener.open(fixture("parity/transformers/distilbert").path).predict(text)
    try copy(of: "distilbert") { folder in
      let weights = folder.appending(path: "pytorch_model.bin")
      try FileManager.default.removeItem(at: weights)
      try FileManager.default.copyItem(at: fixture("wrapped-weights/\(name).bin"), to: weights)
    } _: { path in
      #expect(try opener.open(path).predict(text) == expected)
      // What is written is in order.
      let files = try opener.read(path).files(card: "")
      var bytes: [UInt8] = []
      try files.first { $0.name == "model.safetensors" }?.write { bytes += $0 }
      try FileManager.default.removeItem(atPath: path + "/pytorch_model.bin")
      try Data(bytes).write(to: URL(filePath: path + "/model.safetensors"))
      #expect(try opener.open(path).predict(text) == expected)
    }
  }

  @Test func `a class of the user's own is read by its tensors, and that is told`() throws {
    try copy(of: "bert") {
      try replace(
        "BertForSequenceClassification", with: "ToxicityModel",
        in: $0.appending(path: "config.json"))
    } _: { path in
      let model = try opener.open(path)
      #expect(model.facts.notes == [.ownClass(name: "ToxicityModel", modelType: "bert")])
    }
  }

  @Test func `tokens without a row are told at once, and refused where a text has them`() throws {
    try copy(of: "bert") {
      let token = #"{"id": 80, "content": "covid", "special": false}"#
      try replace(
        #""added_tokens": ["#, with: #""added_tokens": [\#(token),"#,
        in: $0.appending(path: "tokenizer.json"))
    } _: { path in
      let model = try opener.open(path)
      #expect(model.facts.notes == [.tokensWithoutEmbedding(["covid"], rows: 80)])
      #expect(throws: ClassifierError.tokenOutOfVocabulary(id: 80, vocabulary: 80)) {
        try model.predict("covid again")
      }
      #expect(throws: Never.self) { try model.predict("not bad") }
    }
  }
}

struct ForeignFolderTests {
  private func error(_ files: [String: String]) throws -> ModelOpeningError? {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "whylight-tests-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    do {
      _ = try opener.open(folder.path)
      Issue.record("it was opened")
      return nil
    } catch let error as ModelOpeningError {
      return error
    }
  }

  private static let bert =
    #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"]}"#

  @Test(
    arguments: [
      (
        [
          "config.json": #"{"model_type": "bert", "architectures": ["BertModel"]}"#,
          "modules.json": "[]", "model_head.pkl": "",
        ], ForeignModel.setFit
      ),
      (
        [
          "config.json": #"{"model_type": "bert", "architectures": ["BertModel"]}"#,
          "modules.json": "[]",
        ], .sentenceEncoder
      ),
      (
        ["config.json": bert, "tf_model.h5": ""],
        .convertible(file: "tf_model.h5", option: "from_tf")
      ),
      (
        ["config.json": bert, "flax_model.msgpack": ""],
        .convertible(file: "flax_model.msgpack", option: "from_flax")
      ),
      (["config.json": bert, "onnx/model.onnx": ""], .format("ONNX")),
      (["saved_model.pb": ""], .format("TensorFlow's SavedModel")),
      (["bert_config.json": bert, "vocab.txt": ""], .oldConfiguration(file: "bert_config.json")),
      (["config.cfg": "", "meta.json": ""], .format("spaCy")),
    ])
  func `a folder of another program's is named`(
    files: [String: String], foreign: ForeignModel
  ) throws {
    guard case .foreign(_, let found)? = try error(files) else {
      Issue.record("it was not named")
      return
    }
    #expect(found == foreign)
  }

  @Test func `folders within that hold models are named, the latest last`() throws {
    let found = try error([
      "checkpoint-500/config.json": Self.bert, "checkpoint-1000/config.json": Self.bert,
      "runs/events": "",
    ])
    guard case .noModelInFolder(_, let models)? = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(models == ["checkpoint-500", "checkpoint-1000"])
  }
}
