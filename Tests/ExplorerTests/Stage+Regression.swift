import Classifiers
import Explorer
import TerminalUI
import Workbench

extension Stage {
  /// A regression model that has not answered yet.
  static func regression(columns: Int = 120, rows: Int = 36) -> Stage {
    var stage = Stage("good but dull", columns: columns, rows: rows, isLoaded: false)
    var summary = Lexicon.summary
    (summary.classes, summary.link) = (["stars"], .identity)
    stage.load(summary)
    return stage
  }

  /// Predicts a number for the text, then answers all open questions.
  mutating func answer(number: Float) {
    var prediction = Lexicon.predict(state.document.editor.text)
    (prediction.probabilities, prediction.logits, prediction.classIndex) = ([number], [number], 0)
    forget()
    predict(prediction)
    answer()
  }
}
