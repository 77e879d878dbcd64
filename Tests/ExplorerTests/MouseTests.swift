import Explorer
import TerminalUI
import Testing

@Test func `a click in the text places the cursor`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let place = try #require(stage.position(of: "a brilliant film"))
  stage.click(column: place.column + 2, row: place.row)
  #expect(stage.state.document.editor.cursor == 2)
  #expect(stage.state.explore.focus == .editor)
}

@Test func `a click on a word of the heatmap selects it`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let row = try #require(stage.rows.lastIndex { $0.contains("a brilliant film") })
  let place = try #require(stage.position(of: "a brilliant film"))
  stage.click(column: place.column + 13, row: row)
  #expect(stage.state.explore.focus == .heatmap)
  #expect(stage.state.explore.selectedUnit == 2)
}

@Test func `a click on a line of the table selects the token in the heatmap too`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let row = try #require(stage.rows.lastIndex { $0.contains("film") })
  stage.click(column: 12, row: row)
  #expect(stage.state.explore.focus == .tokens)
  #expect(stage.state.currentUnit == 2)
}

@Test func `a click on a hint does what its key does`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let place = try #require(stage.position(of: "^X explainer"))
  stage.click(column: place.column + 3, row: place.row)
  #expect(stage.state.settings.method == "occlusion")
}

@Test func `a click on an explainer or a class chooses it`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let method = try #require(stage.position(of: "intrinsic attention"))
  stage.click(column: method.column, row: method.row)
  #expect(stage.state.settings.method == "intrinsic-attention")
  let line = try #require(stage.rows.firstIndex { $0.contains("negative") })
  stage.click(column: 90, row: line)
  #expect(stage.state.targetClass == 0)
}

@Test func `the wheel scrolls the table under the pointer`() throws {
  let words = (0..<60).map { "w\($0)" }.joined(separator: " ")
  var stage = Stage(words)
  stage.answer()
  let row = try #require(stage.rows.firstIndex { $0.contains("p without") })
  #expect(stage.rows[row + 1].contains("w0 "))
  stage.click(column: 10, row: row + 2, .wheelDown)
  stage.click(column: 10, row: row + 2, .wheelDown)
  stage.click(column: 10, row: row + 2, .wheelDown)
  #expect(stage.rows[row + 1].contains("w9 "))
  #expect(stage.state.explore.focus == .editor)
}

@Test func `a click beside an overlay closes it`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("p")
  stage.click(column: 0, row: 0)
  #expect(!stage.screen.contains("Palette"))
}

@Test func `the wheel scrolls the table away from the selection, and a key scrolls it back`() {
  let words = (1...40).map { "w\($0)" }.joined(separator: " ")
  var stage = Stage(words)
  stage.answer()
  stage.press(.escape)
  stage.type("og")
  stage.press(.tab)
  #expect(stage.screen.contains("▸    1  w1"))
  for _ in 0..<4 { stage.click(column: 10, row: 28, .wheelDown) }
  stage.answer()
  #expect(!stage.screen.contains("▸    1  w1"))
  #expect(stage.screen.contains("13  w13"))
  stage.press(.down)
  #expect(stage.screen.contains("▸    2  w2"))
}
