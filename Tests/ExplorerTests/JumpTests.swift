import Explorer
import TerminalUI
import TestSupport
import Testing

@Test func `letters lie on every pane and line, and one leads there`() {
  var stage = Stage("a brilliant film but dull")
  stage.answer()
  let before = stage.state.picture.frame
  stage.control("o")
  #expect(snapshotProblem(stage.state.picture.frame, "jump-120x36", showsAttributes: true) == nil)
  stage.press(.escape)
  #expect(stage.state.picture.frame == before)
  stage.control("o")
  stage.type("d")
  #expect(stage.state.explore.focus == .tokens)
  #expect(stage.state.document.editor.text == "a brilliant film but dull")
}

@Test func `a letter on a line uses it`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let line = try #require(stage.position(of: "occlusion"))
  stage.control("o")
  let letter = stage.state.picture.frame[
    Position(column: line.column - 2, row: line.row)
  ].cluster
  stage.type(letter)
  #expect(stage.state.settings.method == "occlusion")
  #expect(stage.state.explore.focus == .explainers)
}

@Test func `a key that is no jump letter changes nothing`() {
  var stage = Stage("a film")
  stage.answer()
  stage.control("o")
  stage.type("Z")
  #expect(stage.state.explore.focus == .editor)
  #expect(stage.state.document.editor.text == "a film")
  stage.type("Z")
  #expect(stage.state.document.editor.text == "a filmZ")
}
