import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private func label(of row: Int, _ stage: Stage) -> String? {
  for effect in stage.log.reversed() {
    guard case .keepNotes(let notes) = effect, let note = notes.first(where: { $0.row == row })
    else { continue }
    return note.entry.label
  }
  return nil
}

@Test func `a digit labels the row and goes on to the next one`() throws {
  var stage = Stage.errors()
  let first = try #require(stage.selected)
  stage.type("L")
  #expect(stage.rows[2].contains("1 negative  2 positive  0 as in the file"))
  stage.type("2")
  stage.answer()
  #expect(label(of: first, stage) == "positive")
  #expect(stage.state.screen == .errors && stage.selected != first)
  stage.type("u")
  stage.answer()
  #expect(label(of: first, stage) == nil && stage.selected == first)
  // Digits change the screen again.
  stage.press(.escape)
  stage.type("3")
  #expect(stage.state.screen == .compare)
}

@Test func `a row that is open in Explore is labelled there, and the next one opens`() throws {
  var stage = Stage.errors()
  let first = try #require(stage.selected)
  stage.press(.enter)
  stage.answer()
  let text = stage.state.document.editor.text
  stage.type("L1")
  stage.answer()
  #expect(label(of: first, stage) == "negative")
  #expect(stage.state.screen == .explore && stage.state.document.editor.text != text)
  stage.press(.escape)
  stage.type("K")
  stage.answer()
  #expect(stage.state.document.editor.text == text)
  stage.type("J")
  stage.answer()
  #expect(stage.state.document.editor.text != text)
}

@Test func `in Explore a label after an undone one goes on from the row that is open`() throws {
  var stage = Stage.errors()
  stage.type("j")
  let second = try #require(stage.selected)
  stage.type("j")
  let third = try #require(stage.selected)
  stage.type("g")
  stage.press(.enter)
  stage.answer()
  for key in ["L", "1", "u", "2"] {
    stage.type(key)
    stage.answer()
  }
  #expect(label(of: second, stage) == "positive")
  // the end of labelling, then back to Errors
  stage.press(.escape)
  stage.press(.escape)
  stage.answer()
  #expect(stage.state.screen == .errors && stage.selected == third)
}

@Test func `a number without a class says so`() {
  var stage = Stage.errors()
  stage.type("L7")
  #expect(stage.screen.contains("there is no class 7"))
  #expect(!stage.log.contains { if case .keepNotes = $0 { true } else { false } })
}

@Test func `the filtered rows have their own figures beside those of all rows`() throws {
  var stage = Stage.errors()
  let table = try #require(stage.state.examples)
  stage.type("/gold!=pred")
  stage.press(.enter)
  stage.answer()
  #expect(stage.rows[1].contains("acc 0.000 (all 0."))
  #expect(stage.rows[1].contains("err \(table.errorCount) (all \(table.errorCount))"))
  stage.type("x")
  stage.answer()
  #expect(!stage.rows[1].contains("(all"))
}

@Test func `a click on a column's head sorts by it, and another one reverses the order`() throws {
  var stage = Stage.errors()
  let head = try #require(stage.position(of: "row gold"))
  stage.click(column: head.column + 1, row: head.row)
  stage.answer()
  #expect(stage.selected == 0 && stage.screen.contains("sort row ↑"))
  stage.click(column: head.column + 1, row: head.row)
  stage.answer()
  #expect(stage.selected == 199 && stage.screen.contains("sort row ↓"))
}

@Test func `the table is painted with the words that contribute to the answer`() throws {
  var stage = Stage.errors()
  stage.answer()
  let frame = stage.state.picture.frame
  let row = try #require(stage.cursorRow) + 1
  let roles = (0..<78).map { frame[Position(column: $0, row: row)].style.role }
  #expect(roles.contains { if case .heat(let level) = $0 { level != 0 } else { false } })
}

@Test func `charts show confidence and length, with the errors in them`() {
  var stage = Stage.errors()
  stage.press(.tab)
  while !stage.screen.contains("Confidence and length") { stage.type("d") }
  #expect(stage.screen.contains("words in the text") && stage.screen.contains("left: wrong"))
  let frame = stage.state.picture.frame
  let cells = (0..<frame.size.rows).flatMap { row in
    (78..<120).map { frame[Position(column: $0, row: row)] }
  }
  #expect(cells.contains { $0.cluster == "█" && $0.style.role == .error })
  #expect(cells.contains { $0.cluster == "█" && $0.style.role == .otherBar })
}
