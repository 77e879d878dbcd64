import Classifiers
import Explorer
import TerminalUI
import TestSupport
import Testing
import Tokenizers

private func looking(at word: String, in text: String = "a brilliant film but dull") -> Stage {
  var stage = Stage(text)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  let words = text.split(separator: " ").map(String.init)
  for _ in 0..<(words.firstIndex(of: word) ?? 0) { stage.press(.right) }
  stage.answer()
  return stage
}

@Test func `a word that is switched off stays visible, and prediction and map follow`() {
  var stage = looking(at: "brilliant")
  let before = stage.state.predictions.latest?.prediction.probabilities[1] ?? 0
  stage.type(" ")
  #expect(stage.screen.contains("◐"))
  stage.answer()
  let pieces = stage.state.predictions.latest?.prediction.encoding.pieces.map(\.text)
  #expect(pieces == ["xxbos", "a", "film", "but", "dull"])
  #expect((stage.state.predictions.latest?.prediction.probabilities[1] ?? 1) < before)
  #expect(stage.paint(of: "brilliant") == [.dim])
  #expect(stage.paint(of: "dull") == [.heat(5)])
  #expect(stage.screen.contains("1 word off  0.77"))
  #expect(stage.screen.contains("brilliant  switched off"))
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
  #expect(
    snapshotProblem(stage.state.picture.frame, "what-if-120x36", showsAttributes: true) == nil)
}

@Test func `space puts the word back and everything is as it was`() {
  var stage = looking(at: "brilliant")
  let before = stage.state.picture.frame
  stage.type(" ")
  stage.answer()
  stage.type(" ")
  stage.answer()
  stage.press(.right)
  stage.press(.left)
  stage.answer()
  #expect(stage.state.off.isEmpty)
  #expect(stage.paint(of: "brilliant") == [.heat(-4)])
  #expect(stage.state.picture.frame.size == before.size)
}

@Test func `a flipped class is reported`() {
  var stage = looking(at: "dull")
  stage.type(" ")
  stage.answer()
  #expect(stage.screen.contains("flips to positive"))
}

@Test func `one key restores all words`() {
  var stage = looking(at: "brilliant")
  stage.type(" ")
  stage.answer()
  stage.press(.right)
  stage.type(" ")
  stage.answer()
  #expect(stage.state.off.count == 2)
  #expect(stage.screen.contains("2 off"))
  #expect(stage.screen.contains("2 words off"))
  stage.type("0")
  stage.answer()
  #expect(stage.state.off.isEmpty)
  #expect(!stage.screen.contains("2 off"))
}

@Test func `an edit elsewhere keeps a word off, an edit of it brings it back`() {
  var stage = looking(at: "brilliant")
  stage.type(" i")
  stage.control("a")
  stage.send(.terminal(.paste("so ")))
  stage.answer()
  #expect(stage.state.off == [5..<14])
  #expect(stage.screen.contains("1 off"))
  for _ in 0..<3 { stage.press(.right) }
  stage.type("x")
  stage.answer()
  #expect(stage.state.off.isEmpty)
}

@Test func `without colours a switched-off word has its own sign`() {
  var stage = Stage("a brilliant film", colors: .none)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.press(.right)
  stage.type(" ")
  stage.answer()
  #expect(stage.screen.contains("xxxxxxxxx"))
}

@Test func `every word may be off`() {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type(" ")
  stage.answer()
  #expect(stage.state.predictions.latest?.prediction.encoding.pieces.map(\.text) == ["xxbos"])
  #expect(stage.state.shellCommand == nil)
  stage.type("Y")
  #expect(stage.screen.contains("no command prints switched-off words"))
}

/// Undo and redo outside the editor.
private let (undo, redo) = (Key(.character("u")), Key(.character("r"), .control))

@Test func `another word is chosen among neighbours, each with the model's answer`() {
  var stage = looking(at: "dull")
  stage.type("w")
  #expect(stage.screen.contains("looking for neighbours"))
  stage.answer()
  #expect(stage.screen.contains("Instead of dull"))
  #expect(stage.screen.contains("good"))
  #expect(stage.screen.contains("0.09  -0.68  flips"))
  #expect(
    snapshotProblem(stage.state.picture.frame, "what-if-word-120x36", showsAttributes: true) == nil)
  stage.press(.down)
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film but good")
  #expect(stage.state.document.experiment.swaps.map(\.original) == ["dull"])
  #expect(stage.screen.contains("1 change  0.23 → 0.91 (+0.68)"))
  #expect(stage.screen.contains("flips to positive"))
  #expect(stage.screen.contains("good (was dull)"))
  #expect(
    snapshotProblem(stage.state.picture.frame, "what-if-swap-120x36", showsAttributes: true) == nil)
}

@Test func `a typed word is measured while it is typed, and can be used`() {
  var stage = looking(at: "dull")
  stage.type("w")
  stage.answer()
  stage.type("gorgeous")
  stage.answer()
  #expect(stage.screen.contains("word: gorgeous"))
  #expect(stage.screen.contains("0.06  -0.71  flips"))
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film but gorgeous")
}

@Test func `a word that is restored by hand is no longer a change`() {
  var stage = looking(at: "dull")
  for word in ["good", "dull"] {
    stage.type("w")
    stage.answer()
    stage.type(word)
    stage.press(.enter)
    stage.answer()
  }
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
  #expect(stage.state.document.experiment.isEmpty)
}

@Test func `undo reverts edits and experiments in the order in which they were made`() {
  var stage = looking(at: "dull")
  stage.type(" ")  // dull off
  stage.answer()
  stage.type("i")
  stage.type(" yes")
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.answer()
  stage.press(.right)
  stage.type("w")
  stage.answer()
  stage.type("good")
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.editor.text == "a good film but dull yes")
  #expect(stage.state.document.experiment.off == [16..<20])
  stage.press(undo)
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film but dull yes")
  #expect(stage.state.document.experiment.off == [21..<25])
  #expect(stage.state.document.experiment.swaps.isEmpty)
  stage.press(undo)  // yes
  stage.press(undo)  // and the space before it
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
  #expect(stage.state.document.experiment.off == [21..<25])
  stage.press(undo)
  stage.answer()
  #expect(stage.state.document.experiment.isEmpty)
  for _ in 0..<4 { stage.press(redo) }
  stage.answer()
  #expect(stage.state.document.editor.text == "a good film but dull yes")
  #expect(stage.state.document.experiment.off == [16..<20])
  #expect(stage.state.document.experiment.swaps.map(\.original) == ["brilliant"])
}

@Test func `restoring all words is one step, which can be undone`() {
  var stage = looking(at: "dull")
  stage.type(" ")
  stage.answer()
  stage.press(.home)
  stage.press(.right)
  stage.type("w")
  stage.answer()
  stage.type("awful")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("1 word off, 1 changed"))
  stage.type("0")
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
  #expect(stage.state.document.experiment.isEmpty)
  stage.press(undo)
  stage.answer()
  #expect(stage.state.document.editor.text == "a awful film but dull")
  #expect(stage.state.document.experiment.off == [17..<21])
}

@Test func `a prompt without a word and an empty text are harmless`() {
  var stage = Stage("")
  stage.answer()
  stage.press(.escape)
  stage.type("w")
  #expect(stage.screen.contains("no word is selected"))
  stage = looking(at: "dull")
  stage.type("w")
  stage.answer()
  stage.press(.enter)
  #expect(stage.screen.contains("type a word"))
  stage.press(.escape)
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
}
