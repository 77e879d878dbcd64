import Explorer
import TerminalUI
import Testing

@Test(arguments: [(120, 36), (80, 24), (200, 60)])
func `the lower pane always names its pages with their keys`(
  columns: Int, rows: Int
) throws {
  var stage = Stage("a brilliant film", columns: columns, rows: rows)
  stage.answer()
  func tabs(_ stage: Stage) -> String {
    stage.rows.first { $0.contains("Tokens") && $0.contains("Trajectory") } ?? ""
  }
  for name in ["d Trajectory", "f Flips", "n Typos", "z X-ray", "H History", "B A|B"] {
    #expect(tabs(stage).contains(name), "\(name)")
  }
  let place = try #require(stage.position(of: "Flips"))
  stage.click(column: place.column, row: place.row)
  stage.answer()
  #expect(stage.screen.contains("without brilliant") && tabs(stage).contains("Tokens"))
  let tokens = try #require(stage.position(of: "Tokens"))
  stage.click(column: tokens.column, row: tokens.row)
  #expect(stage.state.explore.focus == .tokens && !stage.screen.contains("without brilliant"))
}

@Test func `the trajectory names its words and has a line at one half`() {
  var stage = Stage("a brilliant film but dull and predictable")
  stage.answer()
  stage.press(.escape)
  stage.type("d")
  stage.answer()
  let chart = stage.rows.filter { $0.contains("┄") }
  #expect(!chart.isEmpty)
  #expect(
    stage.rows.contains {
      $0.contains("brilliant") && $0.contains("predictable") && !$0.contains("film but dull")
    })
}

@Test func `one pane can fill the window`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.type("+")
  #expect(stage.rows[1].hasPrefix("┏━ Why positive?"))
  #expect(stage.rows[33].hasPrefix("┗") && !stage.screen.contains(" Trust "))
  // Tab replaces it by the next pane.
  stage.press(.tab)
  stage.answer()
  #expect(stage.rows[1].contains("Tokens") && !stage.screen.contains("Why"))
  stage.press(.escape)
  #expect(stage.screen.contains(" Trust ") && stage.screen.contains("Why positive?"))
  #expect(stage.state.document.editor.text == "a brilliant film")
}

@Test func `the rows of a large window go to the panes that can fill them`() {
  var stage = Stage("a brilliant film", columns: 200, rows: 60)
  stage.answer()
  let heat = stage.rows.firstIndex { $0.contains("Why positive?") } ?? 0
  let tokens = stage.rows.firstIndex { $0.contains("Tokens") } ?? 0
  #expect(tokens - heat <= 12)
}
