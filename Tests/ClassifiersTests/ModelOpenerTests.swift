import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private struct Answer: Decodable {
  var text: String
  var ids: [Int]
  var probabilities: [Float]
}

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("checkpoints/\(name)").path }

struct ModelOpenerTests {
  @Test(
    arguments: [
      "words-one-layer", "spaces-bidirectional", "spaces-backwards-multi-label",
      "spaces-four-layers-ranged", "spaces-legacy-container",
    ])
  func `an export says what learn.predict said`(name: String) throws {
    let model = try opener.open(path(name + ".pkl"))
    let data = try Data(contentsOf: fixture("checkpoints/\(name).json"))
    let answers = try JSONDecoder().decode([Answer].self, from: data)
    #expect(answers.count >= 8)
    #expect(model.name == name)
    for answer in answers {
      let prediction = try model.predict(answer.text)
      #expect(prediction.encoding.ids == answer.ids, "\(answer.text)")
      let difference = largestDifference(prediction.probabilities, answer.probabilities)
      // What is asked for is 1e-4; single precision gives this.
      #expect(difference < 1e-5, "\(answer.text)")
    }
  }

  @Test func `an export's facts are its own`() throws {
    let model = try opener.open(path("spaces-bidirectional.pkl"))
    let facts = model.facts
    #expect(model.architecture == "awd-lstm")
    #expect(facts.tokenizer == "fastai rules, split at spaces, 32 tokens")
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
    #expect(throws: ModelOpeningError.noModelInFolder(path: "/")) { try opener.open("/") }
    let script = path("generate.py")
    #expect(throws: ModelOpeningError.unknownFormat(path: script)) { try opener.open(script) }
    let device = ModelOpeningError.checkpoint(model: "/dev/null", .notAFile)
    #expect(throws: device) { try opener.open("/dev/null") }
    let weights = path("refused-weights.pth")
    let fault = CheckpointError.fastai(.noLearner(found: "a dictionary"))
    #expect(throws: ModelOpeningError.checkpoint(model: weights, fault)) {
      try opener.open(weights)
    }
  }
}
