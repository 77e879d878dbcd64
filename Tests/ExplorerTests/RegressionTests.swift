import Classifiers
import Explorer
import TerminalUI
import Testing

private func stars(columns: Int = 120, rows: Int = 36) -> Stage {
  var stage = Stage("good but dull", columns: columns, rows: rows, isLoaded: false)
  var summary = Lexicon.summary
  (summary.classes, summary.link) = (["stars"], .identity)
  stage.happen(.modelLoaded(summary))
  var prediction = Lexicon.predict("good but dull")
  (prediction.probabilities, prediction.logits, prediction.classIndex) = ([3.5], [3.5], 0)
  stage.forget()
  stage.happen(
    .predicted(
      PredictionAnswer(edition: stage.state.edition, prediction: prediction, seconds: 0)))
  stage.answer()
  return stage
}

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `a regression's number is called no probability and fills no bar`(columns: Int, rows: Int) {
  var stage = stars(columns: columns, rows: rows)
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
