import Explorer
import TerminalUI
import Testing
import Workbench

/// Whether the prediction says what edits changed.
extension Stage {
  fileprivate var tellsOfEdits: Bool {
    screen.contains("last edit changed") || screen.contains("over your edits")
  }
}

/// Opening another text is no edit: what edits changed is told anew from there on.
@Suite struct `a text that is opened` {
  private func edited() -> Stage {
    var stage = Stage("good")
    stage.answer()
    stage.type(" dull")
    stage.answer()
    stage.press(.escape)
    return stage
  }

  @Test func `from Errors, and the rows after it, has no edits yet`() {
    var stage = edited()
    #expect(stage.tellsOfEdits)
    stage.load(Reviews.rows(20))
    stage.type("2")
    stage.answer()
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.screen == .explore && !stage.tellsOfEdits)
    stage.type("J")
    stage.answer()
    #expect(!stage.tellsOfEdits)
    stage.type("i!")
    stage.answer()
    #expect(stage.tellsOfEdits)
  }

  @Test func `as an example has no edits yet, nor after undo`() {
    var stage = edited()
    stage.type("e")
    stage.answer()
    #expect(!stage.tellsOfEdits)
    stage.type("u")
    stage.answer()
    #expect(stage.state.document.editor.text == "good dull" && !stage.tellsOfEdits)
    stage.type("u")
    stage.answer()
    #expect(stage.tellsOfEdits)
  }

  @Test func `from the history has no edits yet`() {
    var stage = edited()
    stage.type("H")
    stage.press(.up)
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.document.editor.text == "good" && !stage.tellsOfEdits)
  }
}
