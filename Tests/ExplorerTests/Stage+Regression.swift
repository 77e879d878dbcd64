import Classifiers
import Explorer
import TerminalUI
import Workbench

extension Stage {
  /// A model of one number, and nothing said by it yet.
  static func regression(columns: Int = 120, rows: Int = 36) -> Stage {
    var stage = Stage("good but dull", columns: columns, rows: rows, isLoaded: false)
    var summary = Lexicon.summary
    (summary.classes, summary.link) = (["stars"], .identity)
    stage.load(summary)
    return stage
  }

  /// The model says a number of the text, and then all that is asked for is answered.
  mutating func answer(number: Float) {
    var prediction = Lexicon.predict(state.document.editor.text)
    (prediction.probabilities, prediction.logits, prediction.classIndex) = ([number], [number], 0)
    forget()
    predict(prediction)
    answer()
  }
}
