import Foundation
import TerminalUI
import TestSupport
import Testing

@Suite struct KeptEditsTests {
  private func typing(_ text: String, into editor: inout TextEditor) {
    for character in text { _ = editor.handle(Key(.character(character))) }
  }

  /// As a file keeps them.
  private func reread(_ edits: KeptEdits) throws -> KeptEdits {
    try JSONDecoder().decode(KeptEdits.self, from: JSONEncoder().encode(edits))
  }

  @Test func `undo and redo go on where they were`() throws {
    var editor = TextEditor("")
    typing("abc déf 中文 ghi", into: &editor)
    _ = editor.perform(.deleteWordBackward)
    _ = editor.perform(.undo)
    _ = editor.perform(.undo)
    var next = TextEditor(editor.text)
    next.restore(try reread(try #require(editor.keptEdits)))
    #expect(next.undoCount == editor.undoCount && next.canRedo)
    for command in [EditorCommand.redo, .redo, .undo, .undo, .undo, .undo, .undo, .undo, .redo] {
      #expect(next.perform(command) == editor.perform(command))
      #expect(next.text == editor.text && next.cursor == editor.cursor)
    }
    // a new step is a step of its own
    typing("x", into: &next)
    let text = next.text
    #expect(next.perform(.undo) == .edited && next.text != text && !next.text.contains("x"))
  }

  @Test func `a text without steps keeps none`() {
    #expect(TextEditor("text").keptEdits == nil)
    var editor = TextEditor("text")
    editor.markStep()
    #expect(editor.keptEdits == nil)
  }

  @Test func `the last hundred steps are kept, within 64 KB`() throws {
    var editor = TextEditor("")
    for number in 0..<150 { _ = editor.paste("word\(number) ") }
    var next = TextEditor(editor.text)
    next.restore(try #require(editor.keptEdits))
    #expect(next.undoCount == 100)
    editor = TextEditor("")
    for _ in 0..<10 { _ = editor.paste(String(repeating: "x", count: 10_000)) }
    next = TextEditor(editor.text)
    next.restore(try #require(editor.keptEdits))
    #expect(next.undoCount == 6)
    editor = TextEditor("")
    _ = editor.paste(String(repeating: "x", count: 300_000))
    #expect(editor.keptEdits == nil)
  }

  @Test(arguments: [
    #"{"undoable":[{"offset":0,"removed":"","inserted":"zz","cursorBefore":0,"cursorAfter":2}],"redoable":[]}"#,
    #"{"undoable":[{"offset":-1,"removed":"a","inserted":"","cursorBefore":0,"cursorAfter":2}],"redoable":[]}"#,
    #"{"undoable":[{"offset":9223372036854775807,"removed":"","inserted":"é","cursorBefore":0,"cursorAfter":2}],"redoable":[]}"#,
    #"{"undoable":[],"redoable":[{"offset":1,"removed":"","inserted":"x","cursorBefore":0,"cursorAfter":2}]}"#,
  ])
  func `steps that don't fit the text are dropped`(json: String) throws {
    var editor = TextEditor("éa")
    editor.restore(try JSONDecoder().decode(KeptEdits.self, from: Data(json.utf8)))
    #expect(!editor.canUndo && !editor.canRedo && editor.text == "éa")
  }

  @Test(arguments: [-5, 1, 99, Int.max])
  func `a cursor that is nowhere is put into the text`(cursor: Int) throws {
    let json =
      #"{"undoable":[{"offset":2,"removed":"b","inserted":"a","cursorBefore":\#(cursor),"cursorAfter":0}],"redoable":[]}"#
    var editor = TextEditor("éa")
    editor.restore(try JSONDecoder().decode(KeptEdits.self, from: Data(json.utf8)))
    #expect(editor.perform(.undo) == .edited && editor.text == "éb")
    #expect([0, 2, 3].contains(editor.cursor))
  }
}
