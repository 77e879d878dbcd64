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

@Test func `a word that is switched off stays in sight and prediction and map follow`() {
  var stage = looking(at: "brilliant")
  let before = stage.state.prediction?.prediction.probabilities[1] ?? 0
  stage.type(" ")
  #expect(stage.screen.contains("◐"))
  stage.answer()
  let pieces = stage.state.prediction?.prediction.encoding.pieces.map(\.text)
  #expect(pieces == ["xxbos", "a", "film", "but", "dull"])
  #expect((stage.state.prediction?.prediction.probabilities[1] ?? 1) < before)
  #expect(stage.paint(of: "brilliant") == [.dim])
  #expect(stage.paint(of: "dull") == [.heat(-5)])
  #expect(stage.screen.contains("1 word off  0.23"))
  #expect(stage.screen.contains("brilliant  switched off"))
  #expect(stage.state.editor.text == "a brilliant film but dull")
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
  #expect(stage.paint(of: "brilliant") == [.heat(4)])
  #expect(stage.state.picture.frame.size == before.size)
}

@Test func `a class that flips is said`() {
  var stage = looking(at: "dull")
  stage.type(" ")
  stage.answer()
  #expect(stage.screen.contains("flips to positive"))
}

@Test func `all words come back with one key`() {
  var stage = looking(at: "brilliant")
  stage.type(" ")
  stage.answer()
  stage.press(.right)
  stage.type(" ")
  stage.answer()
  #expect(stage.state.off.count == 2)
  #expect(stage.screen.contains("2 off"))
  stage.type("0")
  stage.answer()
  #expect(stage.state.off.isEmpty)
  #expect(!stage.screen.contains("2 off"))
}

@Test func `an edit elsewhere keeps a word off, an edit of it brings it back`() {
  var stage = looking(at: "brilliant")
  stage.type(" i")
  stage.control("a")
  stage.happen(.terminal(.paste("so ")))
  stage.answer()
  #expect(stage.state.off == [5..<14])
  #expect(stage.screen.contains("1 off"))
  for _ in 0..<3 { stage.press(.right) }
  stage.type("x")
  stage.answer()
  #expect(stage.state.off.isEmpty)
}

@Test func `without colours a word that is off has its own sign`() {
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
  #expect(stage.state.prediction?.prediction.encoding.pieces.map(\.text) == ["xxbos"])
  #expect(stage.state.shellCommand == nil)
  stage.type("y")
  #expect(stage.screen.contains("no command prints a text with words switched off"))
}
