import Checkpoints
import Classifiers
import Foundation
import TestSupport
import Testing
import Tokenizers

private let opener = ModelOpener(embedded: [])

private func path(_ name: String) -> String { fixture("fastai-weights/\(name)").path }

struct FastaiWeightsTests {
  @Test func `weights with learn.dls.vocab above fastai's folder say what learn.predict said`()
    throws
  {
    let model = try opener.open(path("fastai-layout/models/final.pth"))
    #expect(model.classifier.classes == ["neg", "pos"])
    #expect(model.facts.notes.first == .readBeside(path: path("fastai-layout/vocab.pkl")))
    try expectAnswers(of: model, at: fixture("fastai-weights/fastai-layout/answers.json"))
  }

  @Test func `sizes come from the shapes, and classes without names are numbered`() throws {
    let model = try opener.open(path("beside/final.pth"))
    #expect(model.classifier.classes == (0..<20).map(String.init))
    #expect(model.facts.notes.contains(.numberedClasses(20)))
    #expect(model.facts.notes.contains(.assumed(setting: "max_len", value: "1440")))
    let settings = Dictionary(
      uniqueKeysWithValues: model.facts.settings.map { ($0.name, $0.value) })
    #expect(settings["n_layers"] == "3" && settings["bidir"] == "yes" && settings["n_hid"] == "20")
    #expect(settings["head"] == "36 → 9 → 7 → 20")
    try expectAnswers(of: model, at: fixture("fastai-weights/beside/answers.json"))
  }

  @Test func `a vocabulary that was named comes before what stands beside`() throws {
    let names = (0..<20).map { "\"class \($0)\"" }.joined(separator: ",")
    let tokens = try String(contentsOfFile: path("beside/itos.json"), encoding: .utf8)
    let file = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let json = #"{"vocab": \#(tokens), "classes": [\#(names)], "multi_label": true, "bptt": 5}"#
    try Data(json.utf8).write(to: file)
    let options = OpeningOptions(vocabulary: file.path, isBackwards: true)
    let model = try opener.open(path("beside/final.pth"), with: options)
    #expect(model.classifier.classes.last == "class 19")
    #expect(model.classifier.link == .sigmoid)
    #expect(model.facts.notes.contains(.assumed(setting: "bptt", value: "5")))
    #expect(model.tokenizer.encode("good film").pieces.map(\.text) == ["film", "good", "xxbos"])
  }

  /// The tokens of `beside/itos.json` in other forms; fastai's `o2i` leaves fillers out.
  @Test(arguments: ["o2i", "stoi", "ids", "pairs", "short", "long"])
  func `a vocabulary of any form says what learn.predict said`(form: String) throws {
    let data = try Data(contentsOf: URL(filePath: path("beside/itos.json")))
    let tokens = try JSONDecoder().decode([String].self, from: data)
    #expect(tokens.contains("xxfake"))
    let numbered = tokens.enumerated().filter { form != "o2i" || $0.element != "xxfake" }
    let other: Any =
      switch form {
      case "ids": Dictionary(uniqueKeysWithValues: numbered.map { ("\($0.offset)", $0.element) })
      case "pairs": numbered.map { [$0.element, $0.offset] as [Any] }
      case "short": tokens.filter { $0 != "xxfake" }
      case "long": tokens + ["xxfake", "xxfake"]
      default: Dictionary(numbered.map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
      }
    let file = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONSerialization.data(withJSONObject: other).write(to: file)
    for weights in ["fastai-weights/beside/final.pth", "wrapped-weights/final.pth"] {
      let model = try opener.open(
        fixture(weights).path, with: OpeningOptions(vocabulary: file.path))
      try expectAnswers(of: model, at: fixture("fastai-weights/beside/answers.json"))
    }
  }

  @Test(
    arguments: [
      ("encoder", FastaiModelKind.encoder), ("language-model", .languageModel),
      ("tabular", .tabular), ("vision", .vision), ("qrnn", .qrnn),
      ("other", .other(className: "model with a tensor 'bias'")),
    ])
  func `weights of another model are refused by what they are`(
    name: String, kind: FastaiModelKind
  ) {
    let file = path("refused/\(name).pth")
    let fault = CheckpointError.fastai(.noTextClassifier(kind))
    #expect(throws: ModelOpeningError.checkpoint(model: file, fault)) { try opener.open(file) }
  }

  @Test func `a vocabulary that is missing, unclear, foreign or of no use is told`() throws {
    let alone = path("refused/no-vocabulary.pth")
    #expect(throws: ModelOpeningError.noVocabulary(path: alone)) { try opener.open(alone) }
    let foreign = path("fastai-layout/models/final.pth")
    let fault = CheckpointError.fastai(.noVocabulary(found: "a list of something other than texts"))
    let numbers = FileManager.default.temporaryDirectory
      .appending(path: "whylight-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: numbers) }
    try Data("[1, 2]".utf8).write(to: numbers)
    #expect(throws: ModelOpeningError.vocabulary(path: numbers.path, fault)) {
      try opener.open(foreign, with: OpeningOptions(vocabulary: numbers.path))
    }
    try Data(#"["xxunk"]"#.utf8).write(to: numbers)
    let differs = CheckpointError.fastai(.vocabularyDiffers(tokens: 1, rows: 32))
    #expect(throws: ModelOpeningError.checkpoint(model: foreign, differs)) {
      try opener.open(foreign, with: OpeningOptions(vocabulary: numbers.path))
    }
    let export = fixture("checkpoints/words-one-layer.pkl").path
    #expect(throws: ModelOpeningError.unusedOption(name: "vocab", path: export)) {
      try opener.open(export, with: OpeningOptions(vocabulary: numbers.path))
    }
  }

  @Test func `weights that are no numbers are told`() throws {
    let weights = NamedTensors(["a": .init(shape: [3], values: [1, .nan, -.infinity])])
    #expect(weights.notFinite.isEmpty)
    _ = try weights.vector("a", count: 3)
    #expect(weights.notFinite == [.notFinite(tensor: "a", count: 2)])
  }
}
