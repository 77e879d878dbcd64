import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("fastai-v1/\(name)").path }

struct FastaiFirstTests {
  @Test(
    arguments: [
      "words", "spaces-window", "spaces-multi-label-bidirectional", "spaces-legacy-container",
    ])
  func `an export of fastai 1 says what its learn.predict said`(name: String) throws {
    let model = try opener.open(path(name + ".pkl"))
    #expect(model.facts.notes == [.assumed(setting: "backwards", value: "no")])
    try expectAnswers(of: model, at: fixture("fastai-v1/\(name).json"))
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
