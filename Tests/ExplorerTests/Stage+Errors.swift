import Classifiers
import Explorer
import TerminalUI
import Workbench

extension Stage {
  /// Errors with a completely scored data set.
  /// - Parameter problem: why notes can't be saved; nil if they can.
  static func errors(
    _ count: Int = 200, columns: Int = 120, rows: Int = 36, isPlain: Bool = false,
    summary: ModelSummary = Lexicon.summary, problem: String? = nil
  ) -> Stage {
    var stage = Stage("good", columns: columns, rows: rows, isPlain: isPlain, summary: summary)
    stage.notesProblem = problem
    stage.answer()
    stage.load(Reviews.rows(count))
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    return stage
  }

  /// The row of the screen where the table's cursor is.
  var cursorRow: Int? {
    rows.firstIndex { row in row.dropFirst().first.map { "▸>".contains($0) } ?? false }
  }

  /// The text of that row.
  var cursorLine: String { cursorRow.map { rows[$0] } ?? "" }

  /// The data set's row at the cursor.
  var selected: Int? {
    Int(cursorLine.dropFirst(2).drop { !$0.isNumber }.prefix { $0.isNumber })
  }
}
