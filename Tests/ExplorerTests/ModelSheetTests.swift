import Classifiers
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private let card = """
  ---
  license: mit
  tags: [secret-tag]
  ---
  # Film reviews

  Made from reviews that were
  written on one evening.

  - one item

  | set | accuracy |
  | --- | --- |
  | dev | 0.86 |
  """

private func description(_ text: String = card) -> DescribeModel.Answer {
  let bytes = Array(text.utf8)
  return DescribeModel.Answer(
    facts: [
      .init(name: "architecture", value: "bag of words"),
      .init(name: "answers with", value: "one of 2 classes: negative, positive"),
    ],
    card: ModelCardText(CardFile(name: "README.md", bytes: bytes, count: bytes.count)))
}

private func asked(columns: Int = 80, rows: Int = 24, isPlain: Bool = false) -> Stage {
  var stage = Stage("good", columns: columns, rows: rows, isPlain: isPlain)
  stage.answer()
  stage.press(.character("m"), .alt)
  return stage
}

extension Stage {
  fileprivate mutating func describe(_ answer: DescribeModel.Answer) {
    guard let question = asked(DescribeModel.self).last else { return }
    deliver(answer, about: question, isFinal: true)
  }
}

@Test func `a key tells what model this is, also while one types`() {
  var stage = asked(columns: 120, rows: 36)
  #expect(stage.asked(DescribeModel.self) == [DescribeModel(argument: nil, seat: .main)])
  #expect(stage.screen.contains("Model: lexicon") && stage.screen.contains("reading…"))
  stage.describe(description())
  for part in [
    "architecture  bag of words", "one of 2 classes: negative, positive",
    "3 of 4 explainers apply: integrated gradients, occlusion",
    "Grad-CAM needs the outputs of a recurrent layer", "README.md, by the model's authors",
    "Film reviews", "Made from reviews that were written on one evening.", "dev   0.86",
  ] {
    #expect(stage.screen.contains(part), "\(part)")
  }
  #expect(!stage.screen.contains("secret-tag") && !stage.screen.contains("---"))
  stage.press(.escape)
  #expect(!stage.screen.contains("Model: lexicon") && stage.texts == ["good"])
}

@Test func `what model this is looks as it was reviewed`() {
  var stage = asked()
  stage.describe(description())
  #expect(snapshotProblem(stage.state.picture.frame, "model-80x24") == nil)
}

@Test func `the palette leads there from every screen`() {
  for layer in LayerCatalog.standard.screens {
    var stage = Stage("good")
    stage.answer()
    stage.press(Key(.character(Character("\(layer.screen.rawValue)")), .alt))
    stage.control("p")
    stage.type("about-model")
    stage.press(.enter)
    #expect(stage.asked(DescribeModel.self).count == 1, "\(layer.title)")
  }
}

@Test(arguments: [(80, 24), (60, 16), (200, 60)])
func `a long card is scrolled to its end, and the border says where one is`(
  columns: Int, rows: Int
) {
  var stage = asked(columns: columns, rows: rows)
  stage.describe(description((1...200).map { "line number \($0)" }.joined(separator: "\n\n")))
  #expect(stage.screen.contains("architecture") && stage.screen.contains(" of 4"))
  stage.press(.end)
  #expect(stage.screen.contains("line number 200") && !stage.screen.contains("architecture"))
  stage.press(.pageUp)
  #expect(!stage.screen.contains("line number 200"))
  stage.press(.home)
  #expect(stage.screen.contains("architecture"))
  stage.press(.down)
  #expect(!stage.screen.contains("architecture"))
}

@Test func `what a foreign card holds does not reach the terminal`() {
  var stage = asked(isPlain: true)
  stage.describe(description("\u{1B}]0;title\u{7} and \u{202E}more \u{1B}[2J"))
  stage.press(.end)
  #expect(stage.screen.contains("^[]0;title^G and <202E>more ^[[2J"))
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII && ($0.value >= 32 || $0 == "\n") })
}

@Test func `that there is no card, or why it can't be read, is said beside the facts`() {
  var stage = asked()
  stage.describe(DescribeModel.Answer(facts: [.init(name: "architecture", value: "tiny")]))
  #expect(stage.screen.contains("neither a MODEL_CARD.md nor a README.md"))
  stage = asked()
  stage.describe(
    DescribeModel.Answer(
      facts: [.init(name: "architecture", value: "tiny")], problem: "README.md: no permission"))
  #expect(stage.screen.contains("README.md: no permission") && stage.screen.contains("tiny"))
  stage = asked()
  stage.fail(DescribeModel(argument: nil, seat: .main), "there is no model")
  #expect(stage.screen.contains("there is no model"))
}

@Test func `an answer that comes when the sheet is closed is dropped`() {
  var stage = asked()
  stage.press(.escape)
  #expect(stage.cancelled.last == .describing)
  stage.describe(description())
  #expect(!stage.screen.contains("README.md") && !stage.screen.contains("Model: lexicon"))
}

@Test func `the list of models tells of the selected one, and comes back with it`() {
  var stage = Stage(
    "good", builtIn: [BuiltInModel(name: "molecules", purpose: "SMILES")])
  stage.answer()
  stage.press(.escape)
  stage.type("O")
  stage.press(.down)
  stage.press(.down)
  stage.press(.character("m"), .alt)
  #expect(stage.asked(DescribeModel.self) == [DescribeModel(argument: "molecules", seat: nil)])
  let bytes = Array("# Barrier".utf8)
  stage.describe(
    DescribeModel.Answer(
      facts: [],
      card: ModelCardText(CardFile(name: "MODEL_CARD.md", bytes: bytes, count: bytes.count))))
  #expect(stage.screen.contains("Model: molecules") && stage.screen.contains("Barrier"))
  #expect(stage.screen.contains("once it is open"))
  stage.press(.escape)
  #expect(stage.screen.contains("Open a model"))
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self).last == OpenModel(argument: "molecules"))
}

@Test func `in the list the open model has its facts, and a data set has none`() {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type("O")
  stage.press(.down)
  stage.press(.character("m"), .alt)
  #expect(stage.asked(DescribeModel.self).last == DescribeModel(argument: nil, seat: .main))
  stage.press(.escape)
  stage.type("rows.csv")
  stage.press(.character("m"), .alt)
  #expect(stage.screen.contains("this is a data set, not a model"))
  #expect(stage.asked(DescribeModel.self).count == 1)
}
