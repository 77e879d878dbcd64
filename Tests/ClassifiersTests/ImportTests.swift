import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

/// Writes a model as a folder and opens that; the folder goes at the end.
private func imported(_ path: String, _ body: (ImportedModel, URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "whylight-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let model = try opener.read(path, named: "mine")
  for file in try model.files(card: "card") {
    var bytes: [UInt8] = []
    try file.write { bytes += $0 }
    try Data(bytes).write(to: folder.appending(path: file.name))
  }
  try body(model, folder)
}

struct ImportTests {
  @Test(
    arguments: [
      "checkpoints/words-one-layer.pkl", "checkpoints/spaces-bidirectional.pkl",
      "checkpoints/spaces-backwards-multi-label.pkl", "checkpoints/spaces-four-layers-ranged.pkl",
      "checkpoints/spaces-legacy-container.pkl", "checkpoints/words-own-exceptions.pkl",
      "fastai-weights/beside/final.pth", "fastai-v1/words.pkl", "fastai-v1/spaces-window.pkl",
      "fastai-v1/pieces/export.pkl", "fastai-2.0/pieces.pkl",
      "fastai-decisions/thresholds-by-class.pkl", "fastai-decisions/no-activation.pkl",
    ])
  func `a folder says what its source says, to the last bit`(source: String) throws {
    try imported(fixture(source).path) { original, folder in
      let model = try opener.open(folder.path)
      #expect(model.name == "mine")
      #expect(original.checks.count == 12)
      #expect(model.rule == original.model.rule)
      #expect(model.facts.parameterCount == original.model.facts.parameterCount)
      for text in original.checks.map(\.text) + [
        "The FILM isn't bad, lol", "xxfake xxpad ha ha ha",
      ] {
        let (first, second) = (try original.model.predict(text), try model.predict(text))
        #expect(first == second)
      }
    }
  }

  @Test(arguments: ["albert", "bert-multi-label"])
  func `a transformers folder says the same as its copy, which checks itself`(name: String) throws {
    try imported(fixture("parity/transformers/\(name)").path) { original, folder in
      let model = try opener.open(folder.path)
      #expect(original.checks.count == 12)
      let text = "It is not bad, hello"
      #expect(try model.predict(text) == (try original.model.predict(text)))
      let checks = folder.appending(path: "selfcheck.json")
      let other = #"[{"text": "a", "ids": [1], "probabilities": [1]}]"#
      try Data(other.utf8).write(to: checks)
      let isOpened = (try? opener.open(folder.path)) != nil
      #expect(!isOpened)
    }
  }

  @Test func `a folder that was changed is not opened`() throws {
    try imported(fixture("checkpoints/words-one-layer.pkl").path) { original, folder in
      let vocabulary = folder.appending(path: "vocab.json")
      let words = try String(contentsOf: vocabulary, encoding: .utf8)
      try Data(words.replacing("\"dull\"", with: "\"lull\"").utf8).write(to: vocabulary)
      let check = try #require(
        original.checks.first { $0.text.split(separator: " ").contains("dull") })
      do {
        _ = try opener.open(folder.path)
        Issue.record("opened")
      } catch ModelOpeningError.selfCheckTokensDiffer(_, let text, let expected, _) {
        #expect(text == check.text && expected == check.ids)
      }
      try Data(words.utf8).write(to: vocabulary)
      let weights = folder.appending(path: "model.safetensors")
      var bytes = try Data(contentsOf: weights)
      // The signs of the last layer's weights, two classes of 50.
      for place in 0..<100 { bytes[bytes.count - 1 - 4 * place] ^= 0x80 }
      try bytes.write(to: weights)
      // What would be opened is too much to print.
      let isOpened = (try? opener.open(folder.path)) != nil
      #expect(!isOpened)
    }
  }
}
