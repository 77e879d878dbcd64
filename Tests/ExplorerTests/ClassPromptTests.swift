import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private func other(_ classes: [String]) -> ModelSummary {
  var summary = Lexicon.comparable
  (summary.name, summary.argument, summary.classes) = ("coarse", "/models/coarse", classes)
  return summary
}

/// A second model that was opened from Compare without any key pressed meanwhile.
private func paired(
  with classes: [String], session: Session? = nil, columns: Int = 120, rows: Int = 36
) -> Stage {
  var stage = Stage(
    "a brilliant film", columns: columns, rows: rows, session: session,
    summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  stage.type("M")
  stage.type("/models/coarse")
  stage.press(.enter)
  stage.load(other(classes), in: .other)
  stage.answer()
  return stage
}

extension Stage {
  /// The class of the second model that was last explained.
  fileprivate var explained: Int? {
    asked(Explain.self).last { $0.choice.seat == .other }?.choice.classIndex
  }
}

@Test func `matching classes are asked for if the names don't tell, and then compared`() {
  var stage = paired(with: ["one", "two"])
  #expect(stage.screen.contains("Which class of coarse is \"negative\"?"))
  #expect(snapshotProblem(stage.state.picture.frame, "classes-120x36") == nil)
  stage.press(.down)
  stage.press(.enter)
  // Two classes need only one answer.
  stage.answer()
  #expect(stage.screen.contains("classes: negative = two, positive = one"))
  #expect(stage.explained == 0)
  #expect(stage.screen.contains("coarse one 0."))
}

@Test
func `the class at the same index is offered, and classes with equal names are not asked about`() {
  var stage = paired(with: ["bad", "POSITIVE"])
  // One class is left for one question, so it is not asked.
  #expect(!stage.screen.contains("Which class"))
  #expect(stage.explained == 1)
  stage = paired(with: ["one", "two"])
  stage.press(.enter)
  stage.answer()
  #expect(stage.explained == 1)
}

@Test func `Esc leaves the classes as they were, and c asks again`() {
  var stage = paired(with: ["one", "two"])
  stage.press(.escape)
  stage.answer()
  #expect(!stage.screen.contains("Which class"))
  #expect(stage.screen.contains("no class like") && stage.state.explanations.job == nil)
  stage.type("c")
  #expect(stage.screen.contains("Which class of coarse is \"negative\"?"))
  stage.press(.enter)
  stage.answer()
  #expect(stage.explained == 1)
}

@Test func `additional classes are asked about one by one, and may have no counterpart`() {
  var stage = paired(with: ["LABEL_0", "LABEL_1", "LABEL_2"])
  #expect(stage.screen.contains("none of these"))
  stage.press(.down)
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.screen.contains("is \"positive\"?"))
  stage.press(.down)
  stage.press(.enter)
  stage.answer()
  #expect(stage.explained == 2)
  #expect(stage.screen.contains("negative = –, positive = LABEL_2"))
}

@Test func `the answer is saved with the session`() {
  var stage = paired(with: ["one", "two"])
  stage.press(.down)
  stage.press(.enter)
  var session = stage.state.session
  session.screen = nil
  let next = paired(with: ["one", "two"], session: session)
  #expect(!next.screen.contains("Which class"))
  #expect(next.explained == 0)
  // The answer does not apply to other classes.
  #expect(paired(with: ["one", "three"], session: session).screen.contains("Which class"))
}

@Test func `c without a second model says so`() {
  var stage = Stage("good", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3c")
  #expect(stage.screen.contains("no second model is open"))
}

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `the question fits into every size`(columns: Int, rows: Int) {
  let stage = paired(with: ["one", "two"], columns: columns, rows: rows)
  #expect(stage.screen.contains("Which class of coarse is \"negative\"?"))
  #expect(stage.screen.contains("one") && stage.screen.contains("two"))
}

@Test func `a second model for all rows asks for its classes, and is asked again with them`() {
  var stage = Stage("good", summary: Lexicon.comparable)
  stage.scoring(.began(name: "reviews.csv", path: "/data/reviews.csv"))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  stage.type("A")
  stage.type("/models/coarse")
  stage.press(.enter)
  #expect(stage.asked(AskSecondModel.self).map(\.argument) == ["/models/coarse"])
  stage.other(.unmatched(name: "coarse", classes: ["one", "two"]))
  #expect(stage.screen.contains("Which class of coarse is \"negative\"?"))
  stage.press(.down)
  stage.forget()
  stage.press(.enter)
  let map = ["two": "negative", "one": "positive"]
  let again = stage.asked(AskSecondModel.self).last
  #expect(again?.argument == "/models/coarse" && again?.classMap == map)
  stage.other(.began(name: "coarse"))
  stage.type("Y")
  let command = stage.state.shellCommand ?? ""
  #expect(command.contains("--against /models/coarse --class-map 'one=positive'"))
  #expect(command.contains("--class-map 'two=negative'"))
}

@Test func `a user who is filtering meanwhile gets a message, not a question`() {
  var stage = Stage("good", summary: Lexicon.comparable)
  stage.load(Reviews.rows(50))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  stage.type("A")
  stage.type("/models/coarse")
  stage.press(.enter)
  stage.type("/gold")
  stage.other(.unmatched(name: "coarse", classes: ["one", "two"]))
  #expect(!stage.screen.contains("Which class of"))
  #expect(stage.screen.contains("A on Errors matches them"))
}

@Test func `opening a second model does not interrupt a user who went on`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3M")
  stage.type("coarse")
  stage.press(.enter)
  stage.type("1i")
  stage.type("x")
  stage.load(other(["one", "two"]), in: .other)
  stage.answer()
  #expect(stage.state.screen == .explore && stage.state.explore.focus == .editor)
  #expect(stage.screen.contains("coarse is open; Esc, then 3 and v, compares the two models"))
  stage.type("y")
  #expect(stage.state.document.editor.text.contains("xy"))
  stage.press(.escape)
  stage.type("3v")
  stage.answer()
  #expect(stage.screen.contains("Compare the"))
}

@Test func `nor a user who looks at other columns of Compare`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3M")
  stage.type("coarse")
  stage.press(.enter)
  stage.press(.character("j"))
  stage.load(other(["negative", "positive"]), in: .other)
  stage.answer()
  #expect(!stage.screen.contains("Compare the models"))
  #expect(stage.screen.contains("coarse is open; v compares the two models"))
}
