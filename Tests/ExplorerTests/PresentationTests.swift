import Explorer
import TerminalUI
import TestSupport
import Testing

@Test func `a presentation shows text, heat and bars, and nothing else`() {
  var stage = Stage("a brilliant film but dull")
  stage.answer()
  stage.press(.function(5))
  stage.answer()
  #expect(stage.rows[1].contains("Why") && stage.screen.contains("brilliant"))
  for chrome in ["whylight", "Explainers", "Trust", "Tab", "╭", "Legend"] {
    #expect(!stage.screen.contains(chrome), "\(chrome)")
  }
  // There is paint above and below a word.
  let frame = stage.state.picture.frame
  let place = stage.position(of: "brilliant") ?? Position(column: 0, row: 1)
  for offset in -1...1 {
    let cell = frame[Position(column: place.column, row: place.row + offset)]
    #expect(cell.style.role != .text, "\(offset)")
  }
  #expect(snapshotProblem(frame, "presentation-120x36") == nil)
  stage.press(.escape)
  #expect(stage.screen.contains("Explainers"))
}

@Test func `the arrows of a presentation go through the rows of the data set`() {
  var stage = Stage.errors()
  stage.press(.function(5))
  stage.answer()
  let first = stage.state.document.editor.text
  #expect(stage.rows[1].contains("1 of 200"))
  stage.press(.right)
  stage.answer()
  #expect(stage.rows[1].contains("2 of 200") && stage.state.document.editor.text != first)
  stage.press(.left)
  stage.answer()
  #expect(stage.state.document.editor.text == first)
}

@Test(arguments: [(60, 16), (80, 24), (200, 60)])
func `a presentation fits every window`(columns: Int, rows: Int) {
  let text = Array(repeating: "a brilliant film but dull", count: 12).joined(separator: " ")
  var stage = Stage(text, columns: columns, rows: rows, isPlain: columns == 80)
  stage.answer()
  stage.press(.function(5))
  stage.answer()
  #expect(stage.screen.contains("brilliant"))
  #expect(columns != 80 || stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
}
