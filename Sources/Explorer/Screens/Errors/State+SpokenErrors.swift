internal import Datasets
internal import Reports
internal import TerminalUI

/// For screen readers.
extension State {
  /// The row at the cursor, or the line of what stands beside the table.
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
