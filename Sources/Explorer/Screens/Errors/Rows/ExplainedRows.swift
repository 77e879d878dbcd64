internal import Workbench

/// The explained rows that were looked at last.
struct ExplainedRows: Sendable {
  private var rows: [Int: ExplainedRow] = [:]
  private var order: [Int] = []
  /// What was asked for and has not all come.
  var asked: Set<Int> = []

  private static let limit = 500

  subscript(row: Int) -> ExplainedRow? { rows[row] }

  mutating func add(_ explained: ExplainedRow) {
    if rows.updateValue(explained, forKey: explained.row) == nil { order.append(explained.row) }
    if order.count > Self.limit { rows[order.removeFirst()] = nil }
  }
}

extension State {
  /// What annotators marked in the row that is open: UTF-8 ranges of its text; empty if nothing was marked.
  var openedRationale: [Range<Int>] {
    guard layer.showsMap, let opened = dataset.openedRow, openedExample != nil else { return [] }
    return errors.explained[opened]?.rationale ?? []
  }
}
