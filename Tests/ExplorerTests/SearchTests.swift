import Explorer
import TerminalUI
import Testing

private func read(_ text: String) -> Stage {
  var stage = Stage(text)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  return stage
}

@Test func `a search finds what is typed, goes on, wraps around and goes back`() {
  var stage = read("a film and a good film and a dull Film")
  stage.type("/fil")
  #expect(stage.state.explore.selectedUnit == 1 && stage.rows[34].contains("3 found"))
  stage.press(.enter)
  stage.type(".")
  #expect(stage.state.explore.selectedUnit == 5 && stage.rows[34].contains("2 of 3"))
  stage.type("..")
  #expect(stage.state.explore.selectedUnit == 1)
  stage.type(",")
  #expect(stage.state.explore.selectedUnit == 9)
  #expect(stage.state.document.editor.text == "a film and a good film and a dull Film")
}

@Test func `a cancelled search restores the selected word`() {
  var stage = read("a film and a good one")
  stage.type("/good")
  #expect(stage.state.explore.selectedUnit == 4)
  stage.press(.escape)
  #expect(stage.state.explore.selectedUnit == 0 && stage.state.screen == .explore)
  stage.type("/nothing")
  #expect(stage.rows[34].contains("no match"))
  stage.press(.enter)
  #expect(stage.screen.contains("nothing is not in the text"))
}

@Test func `without a search the keys go through the strong words`() {
  var stage = read("a brilliant film but dull")
  var found: [Int] = []
  for _ in 0..<3 {
    stage.type(".")
    found.append(stage.state.explore.selectedUnit)
  }
  #expect(found == [1, 4, 1] || found == [1, 3, 4])
  #expect(stage.screen.contains("strong word"))
}
