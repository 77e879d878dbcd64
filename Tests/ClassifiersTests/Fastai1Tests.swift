import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("fastai-v1/\(name)").path }

struct Fastai1Tests {
  @Test(
    arguments: [
      "words", "spaces-window", "spaces-multi-label-bidirectional", "spaces-legacy-container",
    ])
  func `an export of fastai 1 says what its learn.predict said`(name: String) throws {
    let model = try opener.open(path(name + ".pkl"))
    #expect(model.facts.notes.first == .assumed(setting: "backwards", value: "no"))
    try expectAnswers(of: model, at: fixture("fastai-v1/\(name).json"))
  }

  @Test func `a SentencePiece model is looked for beside an export that only names it`() throws {
    let model = try opener.open(path("pieces/export.pkl"))
    #expect(model.facts.notes.first == .readBeside(path: path("pieces/spm.model")))
    try expectAnswers(of: model, at: fixture("fastai-v1/pieces/export.json"))
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let alone = folder.appending(path: "export.pkl")
    try FileManager.default.copyItem(atPath: path("pieces/export.pkl"), toPath: alone.path)
    let problem = TokenizerProblem.noPieceModel(name: "spm.model")
    #expect(throws: ModelOpeningError.tokenizer(model: alone.path, problem)) {
      try opener.open(alone.path)
    }
    let options = OpeningOptions(pieceModel: path("pieces/spm.model"))
    #expect(throws: Never.self) { _ = try opener.open(alone.path, with: options) }
    let words = path("words.pkl")
    #expect(throws: ModelOpeningError.unusedOption(name: "sentencepiece", path: words)) {
      try opener.open(words, with: options)
    }
  }

  @Test func `that a model of fastai 1 reads backwards has to be said`() throws {
    let options = OpeningOptions(isBackwards: true)
    let model = try opener.open(path("spaces-no-rules-backwards.pkl"), with: options)
    #expect(model.facts.notes.isEmpty)
    #expect(model.classifier.classes == ["0", "1", "2", "3", "4"])
    try expectAnswers(of: model, at: fixture("fastai-v1/spaces-no-rules-backwards.json"))
  }

  @Test func `several labels of fastai 1 are each for themselves`() throws {
    let model = try opener.open(path("spaces-multi-label-bidirectional.pkl"))
    #expect(model.classifier.link == .sigmoid)
    #expect(model.classifier.classes == ["green", "red", "round"])
  }

  @Test(
    arguments: [
      ("language-model", FastaiModelKind.languageModel), ("qrnn", .qrnn), ("tabular", .tabular),
    ])
  func `other learners of fastai 1 are refused by what they are`(
    name: String, kind: FastaiModelKind
  ) {
    let file = path("refused-\(name).pkl")
    let fault = CheckpointError.fastai(.noTextClassifier(kind))
    #expect(throws: ModelOpeningError.checkpoint(model: file, fault)) { try opener.open(file) }
  }
}
