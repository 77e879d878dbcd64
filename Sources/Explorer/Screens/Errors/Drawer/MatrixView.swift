internal import Datasets
internal import Reports
internal import TerminalUI

/// Draws the confusion matrix in a box of its own, for wide windows.
struct MatrixView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let isFocused = state.errors.isInDrawer && state.errors.drawer == .matrix
    let inner = picture.frame.box(
      rect, title: Self.title(state), note: state.isRegression ? "" : "row %", isFocused: isFocused)
    picture.mark(rect, as: .errors(.drawer))
    MatrixGrid(state: state, rect: inner, box: rect).draw(on: &picture)
  }

  static func title(_ state: State) -> String {
    state.isRegression ? "Size of the errors" : "Confusion  gold \(state.signs.arrow) pred"
  }
}

/// The cells of the confusion matrix: a row for each gold class, a column for each predicted class.
struct MatrixGrid {
  @Shared var state: State
  let rect: Rect
  /// The box whose border shows the scroll mark.
  let box: Rect

  func draw(on picture: inout Picture) {
    guard let table = state.dataset.table, let report = state.errors.report else { return }
    if table.hasNumbers { return drawScores(report.numbers, &picture) }
    guard let confusion = report.confusion else {
      picture.frame.write(
        "no matrix: a text can have several classes",
        at: Position(column: rect.origin.column + 1, row: rect.origin.row), style: Style(.dim),
        maxColumns: rect.size.columns - 2, hasEllipsis: true)
      return
    }
    let names = table.classes
    let longest =
      names.map { DisplaySafe.columns(of: $0, isPlain: picture.frame.isPlain) }.max() ?? 4
    // Names are shown whole if there is room, those of the rows first.
    let label = min(longest + 1, max(9, rect.size.columns / 3))
    let room = max(0, rect.size.columns - 2 - label - 7)
    let cell = max(6, min(longest + 1, room / max(1, names.count)))
    let fitting = max(1, room / cell)
    let first = max(0, min(state.errors.cell.predicted - fitting / 2, names.count - fitting))
    let columns = first..<min(names.count, first + fitting)
    let left = rect.origin.column + 1
    for (place, column) in columns.enumerated() {
      let name = names[column].trimmed(to: cell - 1, state.signs.cut)
      picture.frame.write(
        name,
        endingBefore: Position(column: left + label + (place + 1) * cell, row: rect.origin.row),
        style: Style(.dim), maxColumns: cell - 1)
    }
    let edge = rect.origin.column + rect.size.columns - 1
    picture.frame.write(
      "n", endingBefore: Position(column: edge, row: rect.origin.row), style: Style(.dim))
    let rows = max(0, rect.size.rows - 1)
    let top = max(0, min(state.errors.cell.gold - rows / 2, names.count - rows))
    let visible = top..<min(names.count, top + rows)
    for (line, gold) in visible.enumerated() {
      let row = rect.origin.row + 1 + line
      picture.frame.write(
        names[gold], at: Position(column: left, row: row), maxColumns: label - 1,
        hasEllipsis: true)
      let counts = names.indices.map { confusion[gold, $0] }
      let total = counts.reduce(0, +)
      for (place, column) in columns.enumerated() {
        draw(
          counts[column], of: total, gold: gold, column,
          at: Position(column: left + label + place * cell, row: row), cell, &picture)
      }
      picture.frame.write(
        Numerals.grouped(total), endingBefore: Position(column: edge, row: row),
        style: Style(.dim))
    }
    picture.frame.scrollMark(visible, of: names.count, in: box)
  }

  /// The error measures of a regression, which has no matrix.
  private func drawScores(_ scores: [RegressionScores], _ picture: inout Picture) {
    for (line, text) in NumberScores.lines(scores, state.signs).prefix(rect.size.rows).enumerated()
    {
      picture.frame.write(
        text, at: Position(column: rect.origin.column + 1, row: rect.origin.row + line),
        maxColumns: rect.size.columns - 2, hasEllipsis: true)
    }
  }

  private func draw(
    _ count: Int, of total: Int, gold: Int, _ predicted: Int, at place: Position, _ cell: Int,
    _ picture: inout Picture
  ) {
    let share = total == 0 ? 0 : Float(count) / Float(total)
    let style: Style =
      count == 0 ? Style(.dim) : gold == predicted ? Style(.text, .bold) : Style(.error)
    picture.frame.write(
      total == 0 ? "-" : Numerals.percentage(share),
      endingBefore: Position(column: place.column + cell, row: place.row), style: style)
    let area = Rect(column: place.column, row: place.row, columns: cell, rows: 1)
    picture.mark(area, as: .errors(.matrixCell(gold: gold, predicted: predicted)))
    if state.errors.isInDrawer, state.errors.drawer == .matrix,
      state.errors.cell == (gold, predicted)
    {
      picture.select(area)
    }
  }
}
