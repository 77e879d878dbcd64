import Classifiers
import Explorer
import TerminalUI
import Testing

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `a regression's number is not called a probability and has no bar`(columns: Int, rows: Int) {
  var stage = Stage.regression(columns: columns, rows: rows)
  stage.answer(number: 3.5)
  #expect(stage.screen.contains("stars 3.50"))
  for key in ["", "d", "w"] {
    if key == "d" { stage.press(.escape) }
    stage.type(key)
    stage.answer()
    let screen = stage.screen
    #expect(!screen.contains("p(stars)") && !screen.contains("p without"))
    #expect(!screen.contains(" p ─╮") && !screen.contains("Δp") && !screen.contains(" logit"))
    #expect(!screen.contains("stars 3.50 █"))
  }
}
