import Classifiers
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

private func crowded(columns: Int = 120, rows: Int = 36) -> Stage {
  var stage = Stage("some text", columns: columns, rows: rows, isLoaded: false)
  var summary = Lexicon.summary
  summary.classes = (0..<40).map { "class number \($0) with a long name" }
  summary.methods += (0..<20).map {
    .init(card: Lexicon.card("method-\($0)", "method number \($0)", "M\($0)"))
  }
  stage.load(summary)
  var prediction = Lexicon.predict("some text")
  prediction.probabilities = (0..<40).map { Float($0 == 30 ? 22 : 2) / 100 }
  prediction.classIndex = 30
  stage.predict(prediction)
  return stage
}

@Test func `of many classes the most probable ones have bars and the first is explained`() {
  let stage = crowded()
  #expect(stage.state.targetClass == 30)
  #expect(stage.screen.contains("▸ class number…    0.22"))
  #expect(stage.screen.contains("0.22"))
}

@Test func `the list of classes follows the selection to its end`() {
  var stage = crowded()
  stage.press(.tab, .tab, .tab)
  #expect(stage.state.explore.focus == .prediction)
  stage.press(.character("G"))
  stage.press(.enter)
  #expect(stage.state.targetClass == 39)
}

@Test func `unusual classes fit into every size`() {
  for columns in [1, 20, 60, 80, 110, 200] {
    for rows in [1, 16, 24, 30, 36, 60] {
      var stage = crowded(columns: columns, rows: rows)
      for _ in 0..<5 {
        #expect(stage.state.picture.frame.cells.count == columns * rows)
        stage.press(.tab)
        stage.press(.character("G"))
      }
    }
  }
}

@Test func `answers that do not fit the text or the classes are harmless`() {
  var stage = Stage("good film")
  var prediction = Lexicon.predict("good film")
  prediction.probabilities = [.nan]
  prediction.classIndex = 7
  stage.predict(prediction, seconds: .nan)
  #expect(stage.state.picture.frame.cells.count == 120 * 36)
  stage.press(.tab)
  stage.press(.tab)
  stage.answer()
  #expect(stage.state.picture.frame.cells.count == 120 * 36)
}
