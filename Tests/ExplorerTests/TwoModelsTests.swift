import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private let example =
  "The acting is brilliant and the score is gorgeous, but the story never quite works "
  + "and the ending is painfully predictable."

/// A model for which punctuation marks are parts of the words before them.
private let coarse: ModelSummary = {
  var summary = Lexicon.comparable
  (summary.name, summary.argument) = ("coarse", "/models/coarse")
  return summary
}()

private func asking(_ text: String = example, columns: Int = 120, rows: Int = 36) -> Stage {
  var stage = Stage(text, columns: columns, rows: rows, summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  stage.type("M")
  return stage
}

private func paired(
  _ text: String = example, with other: ModelSummary = coarse, columns: Int = 120, rows: Int = 36
) -> Stage {
  var stage = asking(text, columns: columns, rows: rows)
  stage.type("coarse")
  stage.press(.enter)
  stage.load(other, in: .other)
  stage.answer()
  return stage
}

@Test(arguments: [(120, 36), (80, 24)])
func `two models side by side look as they were reviewed`(columns: Int, rows: Int) {
  let stage = paired(columns: columns, rows: rows)
  #expect(snapshotProblem(stage.state.picture.frame, "models-\(columns)x\(rows)") == nil)
}

@Test func `a second model is asked for like the first one, and opened beside it`() {
  var stage = asking()
  #expect(stage.screen.contains("Second model to compare"))
  stage.forget()
  stage.type("coarse")
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self) == [OpenModel(argument: "coarse", seat: .other)])
  // The explorer stays usable while it loads.
  #expect(stage.screen.contains("integrated gradients"))
  stage.load(coarse, in: .other)
  stage.answer()
  #expect(stage.screen.contains("Compare the models · integrated gradients → negative"))
  #expect(stage.screen.contains("▸lexicon 0.") && stage.screen.contains(" coarse 0."))
}

@Test func `a second model that can't be opened changes nothing`() {
  var stage = asking()
  let before = asking().screen
  stage.type("bad")
  stage.press(.enter)
  stage.refuseModel("bad: the file is cut short")
  #expect(stage.screen.contains("bad: the file is cut short"))
  stage.press(.escape)
  stage.answer()
  var closed = asking()
  closed.press(.escape)
  #expect(before != stage.screen)
  #expect(stage.rows.dropLast(2) == closed.rows.dropLast(2))
}

@Test func `words are as fine as both models can distinguish`() {
  let stage = paired("good, dull. not dull")
  let words = stage.rows.filter { $0.contains("│") }
  #expect(words.contains { $0.contains(" 1 good,") })
  #expect(words.contains { $0.contains(" 2 dull.") })
  #expect(words.contains { $0.contains(" 3 not ") })
  #expect(words.contains { $0.contains(" 4 dull ") })
  #expect(!words.contains { $0.contains(" 5 ") })
}

@Test func `words on which models disagree are found as for explainers`() {
  // The second model does not know the word "dull,".
  var stage = paired("good dull, good")
  stage.type("o")
  stage.type("y")
  guard case .copy(.text(let text)) = stage.log.last else {
    Issue.record("nothing was copied")
    return
  }
  let lines = text.split(separator: "\n")
  #expect(lines[0].hasPrefix("#\ttoken\tlexicon 0.") && lines[0].contains("\tcoarse 0."))
  #expect(lines.contains("2\tdull,\t2.5\t0.0"))
}

@Test func `a class that the second model lacks is reported in words`() {
  var other = coarse
  other.classes = ["one", "two"]
  var stage = paired(with: other)
  // The classes stay unmatched.
  stage.press(.escape)
  stage.answer()
  // The whole sentence is shown, in as many lines as needed.
  let words = stage.rows.joined(separator: " ").split(separator: " ")
  for word in "coarse has no class like negative: its classes are one, two".split(separator: " ") {
    #expect(words.contains(word), "\(word)")
  }
  #expect(stage.state.explanations.job == nil)
}

@Test func `classes are matched by name, not by place`() {
  var other = coarse
  other.classes = ["positive", "negative"]
  let stage = paired("a brilliant film", with: other)
  let asked = stage.asked(Explain.self).map(\.choice)
  #expect(asked.last?.seat == .other)
  #expect(asked.last?.classIndex == 0)
}

@Test(arguments: [
  (["NEGATIVE", "POSITIVE"], 1), (["Positive", "Negative"], 0), (["LABEL_0", "LABEL_1"], 1),
  (["LABEL_1", "LABEL_0"], 0), (["0", "1"], 1), (["pos", "neg"], 0),
  (["neutral", "POSITIVE", "negative"], 1),
])
func `classes are matched by what their names mean`(classes: [String], place: Int) {
  var other = coarse
  other.classes = classes
  let stage = paired("a brilliant film", with: other)
  let asked = stage.asked(Explain.self).map(\.choice)
  #expect(asked.last?.seat == .other && asked.last?.classIndex == place)
  // The column names the second model's class.
  #expect(stage.screen.contains("coarse \(classes[place]) 0."))
}

@Test(arguments: [["one", "two"], ["LABEL_0", "LABEL_1", "LABEL_2"]])
func `classes with different meanings are not compared`(classes: [String]) {
  var other = coarse
  other.classes = classes
  var stage = paired("a brilliant film", with: other)
  stage.press(.escape)
  stage.answer()
  #expect(stage.state.explanations.job == nil && stage.screen.contains("no class like"))
}

@Test func `both models read an edited text again`() {
  var stage = paired("a brilliant film")
  stage.type("i")
  stage.type(" but dull")
  stage.answer()
  stage.press(.escape)
  stage.forget()
  stage.type("3")
  #expect(stage.asked(Predict.self).map(\.seat) == [.other])
  stage.answer()
  #expect(stage.screen.contains("Compare the models"))
  #expect(!stage.screen.contains("reading") && !stage.screen.contains("queued"))
}

@Test func `the key cycles through the kinds of columns, and the second model can be closed`() {
  var stage = paired("a brilliant film")
  stage.type("v")
  stage.answer()
  #expect(!stage.screen.contains("Compare the models"))
  stage.type("vv")
  stage.answer()
  #expect(stage.screen.contains("Compare the models"))
  stage.type("-")
  stage.answer()
  #expect(stage.screen.contains("coarse is closed; u opens it again"))
  #expect(!stage.screen.contains("Compare the models"))
  stage.type("u")
  stage.answer()
  #expect(stage.screen.contains("Compare the models") && stage.screen.contains(" coarse 0."))
}

@Test func `another explainer is used for both`() {
  var stage = paired("a brilliant film")
  stage.forget()
  stage.control("x")
  stage.answer()
  let asked = stage.asked(Explain.self).map(\.choice)
  #expect(Set(asked.map(\.method)) == ["occlusion"])
  #expect(Set(asked.map(\.seat)).contains(.other))
}
