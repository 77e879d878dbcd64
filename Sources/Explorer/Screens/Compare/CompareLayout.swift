internal import TerminalUI

/// The positions of the parts of the Compare screen.
struct CompareLayout {
  /// The width of the words with their numbers.
  let labelColumns: Int
  let kind: Layout.Kind
  var table: Rect
  var agreement: Rect
  var faithfulness: Rect
  /// The indices of the visible columns.
  var visible: Range<Int>
  var cellColumns: Int

  init(_ state: State) {
    let layout = Layout(state)
    let size = state.terminal.size
    kind = layout.kind
    labelColumns = max(18, min(32, size.columns / 7))
    let none = Rect(column: 0, row: 0, columns: 0, rows: 0)
    (table, agreement, faithfulness, visible, cellColumns) = (none, none, none, 0..<0, 0)
    guard kind != .tooSmall else { return }
    let body = size.rows - 3
    let count = state.compareColumns.count
    let drawer = kind == .small ? 0 : max(kind == .wide ? 10 : 7, min(count + 6, body / 3))
    table = Rect(column: 0, row: 1, columns: size.columns, rows: body - drawer)
    let bottom = 1 + body - drawer
    if kind == .wide {
      let half = size.columns / 2
      agreement = Rect(column: 0, row: bottom, columns: half, rows: drawer)
      faithfulness = Rect(column: half, row: bottom, columns: size.columns - half, rows: drawer)
    } else if kind == .stacked {
      agreement = Rect(column: 0, row: bottom, columns: size.columns, rows: drawer)
      faithfulness = agreement
    }
    let space = table.size.columns - 2 - labelColumns
    let most = max(1, space / (kind == .wide ? 16 : 19))
    let shown = max(1, min(count, most))
    cellColumns = space / shown
    let first = max(0, min(state.compare.column - shown / 2, count - shown))
    visible = first..<first + min(shown, count)
  }

  /// The number of lines for words: without the border, the head and the two lines at the foot.
  var tableRows: Int { max(0, table.size.rows - 5) }

  func cell(_ column: Int, row: Int) -> Rect {
    Rect(
      column: table.origin.column + 1 + labelColumns
        + (column - visible.lowerBound) * cellColumns, row: row, columns: cellColumns, rows: 1)
  }
}

extension CompareLayout {
  /// The first visible line in the present layout.
  static func top(_ state: State) -> Int {
    state.compareTop(CompareTable(state), rows: CompareLayout(state).tableRows)
  }
}

extension State {
  /// Scrolls the lines for the mouse wheel; the cursor stays on its word.
  mutating func scrollCompare(by rows: Int) {
    let last = max(0, CompareTable(self).lines.count - CompareLayout(self).tableRows)
    compare.top = max(0, min(CompareLayout.top(self) + rows, last))
    compare.edition = document.edition
  }

  /// The first visible line.
  func compareTop(_ table: CompareTable, rows: Int) -> Int {
    let last = max(0, table.lines.count - rows)
    if let top = compare.top { return max(0, min(top, last)) }
    let line = table.lines.firstIndex(of: compare.unit) ?? 0
    return max(0, min(line - rows / 2, last))
  }
}
