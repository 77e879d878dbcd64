internal import Datasets
internal import Reports
internal import TerminalUI

/// What a screen reader reads out on Errors.
extension State {
  /// The selected row, or the selected line of the drawer if it has the focus.
  var spokenErrors: String {
    if errors.isInDrawer {
      guard errors.drawer != .matrix else {
        let scores = errors.report.map { NumberScores.lines($0.numbers, signs) } ?? []
        if !scores.isEmpty { return scores.joined(separator: ". ") + "." }
        let query = query(ofLine: 0) ?? ""
        return "Focus: \(errors.drawer.title(hasParts: hasParts)). Selected: \(query)."
      }
      let lines = DrawerLines(self, errors.drawer).lines
      let index = errors.line.selection
      let line = lines.element(at: index).map { " Selected: \($0.label)," } ?? ""
      return
        "Focus: \(errors.drawer.title(hasParts: hasParts)).\(line) line \(index + 1) of \(lines.count)."
    }
    guard let table = dataset.table, let row = selectedRow else { return "" }
    let example = table[row]
    let gold = table.goldText(example)
    return "Row \(example.fileRow): gold \(gold.isEmpty ? "unknown" : gold), predicted "
      + "\(table.answerWithProbability(example)). "
      + "\(Numerals.grouped(errors.list.selection + 1)) of "
      + "\(Numerals.grouped(dataset.rows.all.count))."
  }
}
