import Attribution
import Classifiers
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

@Test func `each keystroke asks for a prediction of the new text`() {
  var stage = Stage()
  stage.forget()
  stage.type("ok")
  #expect(stage.asked(Predict.self).map(\.text.text) == ["o", "ok"])
  #expect(stage.state.document.editor.text == "ok")
}

@Test func `text typed before the model is loaded is predicted once it is`() {
  var stage = Stage(isLoaded: false)
  stage.type("good")
  #expect(stage.log.isEmpty)
  #expect(stage.screen.contains("loading model"))
  #expect(stage.screen.contains("good"))
  stage.load(Lexicon.summary)
  stage.answer()
  #expect(stage.state.predictions.latest?.prediction.encoding.text == "good")
  #expect(!stage.screen.contains("loading model"))
}

@Test func `a model that can't be loaded is reported in a sentence`() {
  var stage = Stage("good", isLoaded: false)
  stage.refuseModel("there is no model called nothing")
  #expect(stage.screen.contains("there is no model called nothing"))
  stage.type("er")
  stage.press(.tab)
  stage.control("x")
  #expect(stage.state.document.editor.text == "gooder")
}

@Test func `words for and against the class have their colours`() {
  var stage = Stage()
  stage.type("a brilliant film")
  stage.answer()
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  #expect(stage.paint(of: "film") == [.text])
  let before = stage.state.predictions.latest?.prediction.probabilities[1] ?? 0
  stage.type(" but dull")
  stage.answer()
  // The prediction has changed, and the predicted class is explained.
  #expect(stage.paint(of: "dull") == [.heat(5)] && stage.paint(of: "brilliant") == [.heat(-4)])
  #expect((stage.state.predictions.latest?.prediction.probabilities[1] ?? 1) < before)
}

@Test func `an answer to an older text is dropped`() throws {
  var stage = Stage()
  stage.type("goo")
  let older = try #require(stage.state.asked.ticket(in: .prediction))
  stage.type("d")
  stage.answer()
  let fresh = stage.state.predictions.latest
  stage.send(.answer(older, Predict.Answer(prediction: Lexicon.predict("goo"), seconds: 0)))
  #expect(stage.state.predictions.latest == fresh)
}

@Test func `an explanation of an older text is dropped`() throws {
  var stage = Stage("good")
  stage.answerNext()
  let job = try #require(stage.state.explanations.job)
  stage.type("!")
  let old = Lexicon.attribution(job.choice, Lexicon.encode("good"))
  stage.send(.answer(job.ticket, Explain.Answer.scores(old, seconds: 0)))
  #expect(stage.state.explanations.shown == nil)
}

@Test func `a keystroke cancels the running job at once`() {
  var stage = Stage("good")
  stage.answerNext()
  #expect(stage.state.explanations.job != nil)
  stage.forget()
  stage.type("!")
  #expect(stage.log.first == .cancel(.explanation))
  #expect(stage.state.explanations.job == nil)
}

@Test func `a stale map is marked and painted only on words that are unchanged`() {
  var stage = Stage("brilliant acting")
  stage.answer()
  #expect(stage.paint(of: "acting") == [.heat(1)])
  stage.type("s")
  #expect(stage.screen.contains("◐"))
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  #expect(stage.paint(of: "actings") == [.text])
  stage.press(.home)
  stage.send(.terminal(.paste("so ")))
  #expect(stage.paint(of: "so") == [.text])
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  stage.answer()
  #expect(!stage.screen.contains("◐"))
}

@Test func `in plain mode a stale map is marked with a word`() {
  var stage = Stage("brilliant acting", isPlain: true)
  stage.answer()
  stage.type("s")
  #expect(stage.screen.contains("(stale)"))
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
}

@Test func `undo and redo go word by word and predict each text again`() {
  var stage = Stage()
  stage.type("abc def")
  stage.answer()
  stage.press(.escape)
  stage.press(.character("u"))
  #expect(stage.state.document.editor.text == "abc ")
  stage.answer()
  #expect(stage.state.predictions.latest?.prediction.encoding.text == "abc ")
  stage.press(.character("u"))
  #expect(stage.state.document.editor.text == "")
  stage.control("r")
  #expect(stage.state.document.editor.text == "abc ")
}

@Test func `a long paste asks, and yes inserts it in one step`() {
  let long = String(repeating: "word ", count: 40_000)
  var stage = Stage("start ")
  stage.send(.terminal(.paste(long)))
  #expect(stage.screen.contains("Paste 200 KB? y/n"))
  #expect(stage.state.document.editor.text == "start ")
  stage.press(.character("n"))
  #expect(stage.state.document.editor.text == "start ")
  stage.send(.terminal(.paste(long)))
  stage.press(.character("y"))
  #expect(stage.state.document.editor.text == "start " + long)
  stage.control("_")
  #expect(stage.state.document.editor.text == "start ")
}
