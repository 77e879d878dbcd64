import Explorer
import Foundation
import TerminalUI
import TestSupport
import Testing

@Test func `undo goes on after a restart, through the file`() throws {
  var stage = Stage("a film")
  stage.type(" good bad")
  let kept = try JSONEncoder().encode(stage.state.session)
  let session = try JSONDecoder().decode(Session.self, from: kept)
  var next = Stage(session: session)
  #expect(next.state.document.editor.text == "a film good bad")
  next.control("_")
  #expect(next.state.document.editor.text == "a film good ")
  next.control("_")
  next.control("_")
  #expect(next.state.document.editor.text == "a film" && !next.state.document.editor.canUndo)
}

@Test func `undo steps of another text are not used for this one`() {
  var stage = Stage("a film")
  stage.type(" good")
  var session = stage.state.session
  session.text = "something else"
  session.cursor = 0
  let next = Stage(session: session)
  #expect(
    !next.state.document.editor.canUndo && next.state.document.editor.text == "something else")
}
