internal import Datasets
internal import TerminalUI

/// What is right in rows, what the model said in columns.
struct MatrixView {
  let state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let isFocused = state.errors.isInDrawer && state.errors.drawer == .matrix
    let inner = picture.frame.box(
      rect, title: "Confusion  gold \(state.signs.arrow) pred", note: "row %",
      isFocused: isFocused)
    picture.mark(rect, as: .drawer)
    guard let table = state.errors.table, let confusion = state.errors.report?.confusion else {
      picture.frame.write(
        state.errors.report == nil ? "not counted yet" : "several classes a text: no matrix",
        at: Position(column: inner.origin.column + 1, row: inner.origin.row), style: Style(.dim),
        maxColumns: inner.size.columns - 2)
      return
    }
    let names = table.classes
    let label = min(9, max(4, inner.size.columns / 4))
    let cell = 6
    let fitting = max(1, (inner.size.columns - 1 - label - 7) / cell)
    let first = max(0, min(state.errors.cell.predicted - fitting / 2, names.count - fitting))
    let columns = first..<min(names.count, first + fitting)
    let left = inner.origin.column + 1
    for (place, column) in columns.enumerated() {
      picture.frame.write(
        String(names[column].prefix(cell - 1)),
        endingBefore: Position(
          column: left + label + (place + 1) * cell, row: inner.origin.row), style: Style(.dim),
        maxColumns: cell - 1)
    }
    let edge = inner.origin.column + inner.size.columns - 1
    picture.frame.write(
      "n", endingBefore: Position(column: edge, row: inner.origin.row), style: Style(.dim))
    let rows = max(0, inner.size.rows - 1)
    let top = max(0, min(state.errors.cell.gold - rows / 2, names.count - rows))
    for (line, gold) in (top..<min(names.count, top + rows)).enumerated() {
      let row = inner.origin.row + 1 + line
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
  }

  private func draw(
    _ count: Int, of total: Int, gold: Int, _ predicted: Int, at place: Position, _ cell: Int,
    _ picture: inout Picture
  ) {
    let share = total == 0 ? 0 : Float(count) / Float(total)
    let style: Style =
      count == 0 ? Style(.dim) : gold == predicted ? Style(.text, .bold) : Style(.error)
    picture.frame.write(
      total == 0 ? "-" : "\(Int((share * 100).rounded()))",
      endingBefore: Position(column: place.column + cell, row: place.row), style: style)
    let area = Rect(column: place.column, row: place.row, columns: cell, rows: 1)
    picture.mark(area, as: .matrixCell(gold: gold, predicted: predicted))
    if state.errors.isInDrawer, state.errors.drawer == .matrix,
      state.errors.cell == (gold, predicted)
    {
      picture.select(area)
    }
  }
}

/// A drawer that lists: its lines filter the table.
struct DrawerView {
  let state: State
  let rect: Rect
  let drawer: ErrorsScreen.Drawer

  func draw(on picture: inout Picture) {
    let isFocused = state.errors.isInDrawer && state.errors.drawer == drawer
    let content = DrawerLines(state.errors, drawer, signs: state.signs)
    let inner = picture.frame.box(
      rect, title: drawer.title, note: content.note, isFocused: isFocused)
    picture.mark(rect, as: .drawer)
    if let emptiness = content.emptiness {
      for (line, text) in emptiness.wrapped(columns: max(1, inner.size.columns - 2))
        .prefix(inner.size.rows).enumerated()
      {
        picture.frame.write(
          text, at: Position(column: inner.origin.column + 1, row: inner.origin.row + line),
          style: Style(.dim), maxColumns: inner.size.columns - 2)
      }
      return
    }
    write(content.head, row: inner.origin.row, inner, &picture, style: Style(.dim))
    let rows = max(1, inner.size.rows - 1)
    let list = isFocused ? state.errors.line : ListScroll()
    for (line, index) in list.visible(count: content.lines.count, rows: rows).enumerated() {
      let row = inner.origin.row + 1 + line
      write(content.lines[index], row: row, inner, &picture, style: content.lines[index].style)
      let area = Rect(
        column: inner.origin.column, row: row, columns: inner.size.columns, rows: 1)
      picture.mark(area, as: .drawerLine(index))
      if isFocused, index == list.fitted(count: content.lines.count, rows: rows).selection {
        picture.select(area)
        picture.frame.write(
          state.signs.chosen, at: Position(column: inner.origin.column, row: row))
      }
    }
  }

  private func write(
    _ line: DrawerLines.Line, row: Int, _ inner: Rect, _ picture: inout Picture, style: Style
  ) {
    var edge = inner.origin.column + inner.size.columns - 1
    for number in line.numbers {
      picture.frame.write(number, endingBefore: Position(column: edge, row: row), style: style)
      edge -= 7
    }
    picture.frame.write(
      line.label, at: Position(column: inner.origin.column + 1, row: row), style: style,
      maxColumns: max(0, edge - inner.origin.column - 2), hasEllipsis: true)
  }
}
