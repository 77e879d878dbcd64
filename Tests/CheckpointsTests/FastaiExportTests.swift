import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

private func export(_ name: String) throws -> SavedClassifier {
  try FastaiExport.read(try ByteSource(path: fixture("checkpoints/\(name)").path))
}

struct FastaiExportTests {
  @Test func `a word tokenizer's export is read`() throws {
    let saved = try export("words-one-layer.pkl")
    #expect(saved.classes == ["neg", "pos"])
    #expect(saved.problem == .singleLabel)
    #expect(
      saved.architecture as? AWDLSTMSettings
        == AWDLSTMSettings(embeddingSize: 12, hiddenSize: 20, layers: 1))
    #expect(saved.tokenizer.kind == .fastaiWords)
    #expect(saved.tokenizer.language == "en")
    #expect(
      saved.tokenizer.rules == [
        "fix_html", "replace_rep", "replace_wrep", "spec_add_spaces", "rm_useless_spaces",
        "replace_all_caps", "replace_maj", "lowercase",
      ])
    #expect(saved.tokenizer.specialTokens.first == "xxunk")
    #expect(saved.tokenizer.vocabulary.count == 32)
    #expect(saved.tensors.shape(of: "0.module.encoder.weight") == [32, 12])
    #expect(saved.tensors.shape(of: "0.module.rnns.0.weight_hh_l0_raw") == [48, 12])
    let variance = try saved.tensors.vector("1.layers.0.0.running_var", count: 36)
    #expect(variance.allSatisfy { $0 >= 0.2 })
  }

  @Test func `both directions and classes that are numbers are read`() throws {
    let saved = try export("spaces-bidirectional.pkl")
    #expect(saved.classes == ["0", "1", "2", "3", "4"])
    #expect(saved.tokenizer.kind == .fastaiSpaces)
    #expect(
      saved.architecture as? AWDLSTMSettings
        == AWDLSTMSettings(embeddingSize: 12, hiddenSize: 20, layers: 3, isBidirectional: true))
    #expect(saved.tensors.shape(of: "0.module.rnns.0.module.weight_hh_l0_reverse") == [40, 10])
  }

  @Test func `a backwards model of several labels is read`() throws {
    let saved = try export("spaces-backwards-multi-label.pkl")
    #expect(saved.classes == ["green", "red", "round"])
    #expect(saved.problem == .multiLabel)
    let settings = AWDLSTMSettings(
      embeddingSize: 12, hiddenSize: 20, layers: 2, chunk: 8, maxLength: 16, isBackwards: true)
    #expect(saved.architecture as? AWDLSTMSettings == settings)
  }

  @Test func `a range of outputs and no rules are read`() throws {
    let saved = try export("spaces-four-layers-ranged.pkl")
    let settings = AWDLSTMSettings(
      embeddingSize: 10, hiddenSize: 14, layers: 4, maxLength: nil, outputRange: -2...3)
    #expect(saved.architecture as? AWDLSTMSettings == settings)
    #expect(saved.tokenizer.rules.isEmpty)
  }

  @Test func `the container of old PyTorch versions is read`() throws {
    let saved = try export("spaces-legacy-container.pkl")
    #expect(saved.classes == ["False", "True"])
    let embedding = try saved.tensors.matrix("0.module.encoder.weight", rows: 32, columns: 12)
    #expect(embedding.elements.allSatisfy { $0.isFinite && abs($0) < 4 })
    #expect(embedding.elements.contains { abs($0) > 0.5 })
  }

  @Test(
    arguments: [
      ("refused-language-model.pkl", FastaiFault.noTextClassifier(.languageModel)),
      ("refused-tabular.pkl", .noTextClassifier(.tabular)),
      ("refused-vision.pkl", .noTextClassifier(.vision)),
      ("refused-own-model.pkl", .noTextClassifier(.other(className: "OwnModel"))),
      ("refused-own-rule.pkl", .unsupportedRule(name: "<lambda>")),
      ("refused-weights.pth", .noLearner(found: "a dictionary")),
    ])
  func `what is no text classifier is refused by what it is`(name: String, fault: FastaiFault) {
    #expect(throws: CheckpointError.fastai(fault)) { try export(name) }
  }
}
