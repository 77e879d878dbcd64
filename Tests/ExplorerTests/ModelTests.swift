import Explorer
import TerminalUI
import Testing
import Workbench

extension Stage {
  fileprivate var completions: [String] {
    log.compactMap { if case .complete(let text) = $0 { text } else { nil } }
  }
}

private func prompted() -> Stage {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.type("O")
  return stage
}

@Test func `a path is completed as far as it is unique, then line by line`() {
  var stage = prompted()
  stage.type("mo")
  #expect(stage.completions == ["m", "mo"])
  stage.send(
    .completions(
      for: "mo",
      [
        PathCompletion(path: "models", isFolder: true),
        PathCompletion(path: "models-old", isFolder: true),
      ]))
  #expect(stage.screen.contains("models/") && stage.screen.contains("models-old/"))
  stage.press(.tab)
  #expect(stage.screen.contains("path: models"))
  stage.send(.completions(for: "models", [PathCompletion(path: "models", isFolder: true)]))
  stage.press(.tab)
  #expect(stage.screen.contains("path: models/"))
  #expect(stage.completions.last == "models/")
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self) == [OpenModel(argument: "models/")])
}

@Test func `an answer for an older beginning is not shown`() {
  var stage = prompted()
  stage.type("ab")
  stage.send(.completions(for: "a", [PathCompletion(path: "aardvark", isFolder: false)]))
  #expect(!stage.screen.contains("aardvark"))
}

@Test func `built-in models are offered with their purpose`() {
  let builtIn = [
    BuiltInModel(name: "lexicon", purpose: "film reviews"),
    BuiltInModel(name: "molecules", purpose: "SMILES: the blood-brain barrier"),
  ]
  func prompted() -> Stage {
    var stage = Stage("a brilliant film", builtIn: builtIn)
    stage.answer()
    stage.press(.escape)
    stage.type("O")
    return stage
  }
  var stage = prompted()
  // The open model is also the most recent one, and is listed once.
  #expect(stage.rows.count { $0.contains("lexicon  film reviews") } == 1)
  #expect(stage.screen.contains("molecules  SMILES: the blood-brain barrier"))
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self) == [OpenModel(argument: "molecules")])
  var typed = prompted()
  typed.type("mol")
  #expect(!typed.screen.contains("film reviews"))
  typed.press(.tab)
  #expect(typed.screen.contains("path: molecules"))
  typed.press(.enter)
  #expect(typed.asked(OpenModel.self) == [OpenModel(argument: "molecules")])
}

@Test func `recent models are offered, the newest first, and kept in the session`() {
  var stage = Stage("text", session: Session(text: "text", recentModels: ["/models/old.pkl"]))
  stage.answer()
  stage.press(.escape)
  stage.type("O")
  #expect(stage.screen.contains("/models/old.pkl"))
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self) == [OpenModel(argument: "/models/old.pkl")])
  #expect(stage.state.session.recentModels == ["lexicon", "/models/old.pkl"])
}

@Test func `opening a model shows how long it takes and can be cancelled`() {
  var stage = prompted()
  stage.type("big")
  stage.press(.enter)
  _ = stage.state.update(.tick(opened: nil), at: 1.5)
  #expect(stage.screen.contains("opening big… 1.5 s; Esc or Ctrl-C cancels"))
  _ = stage.state.update(.tick(opened: 0.437), at: 1.75)
  #expect(stage.screen.contains("opening big… 43 %, 1.8 s; Esc or Ctrl-C cancels"))
  stage.press(.escape)
  #expect(stage.log.contains(.cancel(.opening)))
  #expect(stage.state.opening.request == nil)
  #expect(stage.screen.contains("not opened; lexicon stays open"))
}

@Test func `if opening fails, the model stays and the path is shown again with the whole reason`() {
  var stage = prompted()
  stage.type("bad")
  stage.press(.enter)
  let reason =
    "bad: the file is cut short. " + String(repeating: "What it lacks is told. ", count: 8)
  stage.refuseModel(reason + "The end.")
  #expect(stage.screen.contains("bad: the file is cut short"))
  #expect(stage.screen.contains("The end.") && stage.screen.contains("path: bad"))
  #expect(stage.screen.contains("lexicon stays open"))
  // The path is corrected in place, and the reason disappears.
  stage.type("ger")
  #expect(stage.screen.contains("path: badger") && !stage.screen.contains("cut short"))
  stage.press(.enter)
  #expect(stage.asked(OpenModel.self).last?.argument == "badger")
  stage.refuseModel("there is no badger")
  #expect(stage.screen.contains("path: badger") && stage.screen.contains("there is no badger"))
  // Esc cancels it.
  stage.press(.escape)
  stage.type("O")
  #expect(!stage.screen.contains("badger"))
  stage.press(.escape)
  stage.type("i!")
  stage.answer()
  #expect(stage.state.isPredictionFresh)
}

@Test func `if opening fails, keys typed meanwhile are not lost`() {
  var stage = prompted()
  stage.type("bad")
  stage.press(.enter)
  stage.type("i")
  stage.type(" and")
  stage.refuseModel("bad: the file is cut short")
  stage.type(" dull")
  #expect(stage.state.document.editor.text == "a brilliant film and dull")
  stage.press(.escape)
  stage.type("O")
  #expect(stage.screen.contains("path: bad") && stage.screen.contains("the file is cut short"))
}

@Test func `another model's answers are not mixed with the previous ones`() {
  var stage = prompted()
  stage.type("other")
  stage.press(.enter)
  stage.forget()
  var other = Lexicon.summary
  other.name = "other"
  other.classes = ["bad", "good", "best"]
  stage.load(other)
  #expect(stage.state.predictions.latest == nil && stage.state.explanations.shown == nil)
  #expect(stage.screen.contains("other · bag of words · 3 classes"))
  stage.answer()
  #expect(stage.state.isPredictionFresh && stage.state.explanations.shown != nil)
  #expect(stage.state.targetClass == 1)
  #expect(stage.state.document.editor.text == "a brilliant film")
}
