import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private struct Decided: Decodable {
  var text: String
  var given: [String]?
}

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("fastai-decisions/\(name)").path }

/// Exports that decide otherwise than fastai does by default.
struct FastaiDecisionTests {
  @Test(
    arguments: [
      "threshold", "thresholds-by-class", "other-padding", "probabilities", "no-activation",
    ])
  func `an export says what learn.predict said`(name: String) throws {
    let model = try opener.open(path(name + ".pkl"))
    try expectAnswers(of: model, at: fixture("fastai-decisions/\(name).json"))
  }

  @Test(arguments: [("threshold", [Float(0.9)]), ("thresholds-by-class", [0.3, 0.55, 0.8])])
  func `the labels that are given are those of learn.predict`(
    name: String, thresholds: [Float]
  ) throws {
    let model = try opener.open(path(name + ".pkl"))
    let rule = model.rule
    #expect(rule.thresholds == thresholds)
    let data = try Data(contentsOf: fixture("fastai-decisions/\(name).json"))
    for answer in try JSONDecoder().decode([Decided].self, from: data) {
      let given = rule.given(try model.predict(answer.text).probabilities)
      #expect(given?.map { model.classifier.classes[$0] } == answer.given, "\(answer.text)")
    }
  }

  @Test func `what the file leaves open, and what is not run, is told`() throws {
    let plain = try opener.open(path("no-activation.pkl"))
    #expect(
      plain.facts.notes.contains(
        .assumedActivation(loss: "CrossEntropyLoss", activation: "softmax")))
    let own = try opener.open(path("other-padding.pkl"))
    #expect(own.facts.notes.contains(.ownCode(names: ["__main__.Shout"])))
    #expect(try opener.open(path("threshold.pkl")).facts.notes.isEmpty)
  }

  @Test(
    arguments: [
      (
        "refused-axis", FastaiFault.unsupportedLoss(name: "CrossEntropyLossFlat", setting: "axis 0")
      ),
      ("refused-transform", .unsupportedTransform(name: "shout")),
      ("refused-rule", .unsupportedRule(name: "partial(lowercase, …)")),
    ])
  func `what would change the answers and can't be run is refused`(
    name: String, fault: FastaiFault
  ) {
    let error = ModelOpeningError.checkpoint(model: path(name + ".pkl"), .fastai(fault))
    #expect(throws: error) { try opener.open(path(name + ".pkl")) }
  }
}
