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

/// Calibration, slices, words and suspects: a list whose lines filter the table.
struct DrawerView {
  let state: State
  let rect: Rect
  let drawer: ErrorsScreen.Drawer

  private struct Line {
    var label: String
    /// From the right.
    var numbers: [String]
    var style = Style()
  }

  func draw(on picture: inout Picture) {
    let isFocused = state.errors.isInDrawer && state.errors.drawer == drawer
    let inner = picture.frame.box(rect, title: drawer.title, note: note, isFocused: isFocused)
    picture.mark(rect, as: .drawer)
    guard let report = state.errors.report else {
      picture.frame.write(
        "not counted yet", at: Position(column: inner.origin.column + 1, row: inner.origin.row),
        style: Style(.dim), maxColumns: inner.size.columns - 2)
      return
    }
    let content = lines(report)
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
    _ line: Line, row: Int, _ inner: Rect, _ picture: inout Picture, style: Style
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

  private var note: String {
    switch drawer {
    case .matrix: ""
    case .calibration:
      state.errors.report.map {
        "ECE \(Numerals.fixed(Float($0.calibration.expectedError), 3))"
      } ?? ""
    case .slices, .words: "lift = err / base"
    case .suspects: "confident learning"
    }
  }

  private func lines(_ report: ExampleReport) -> (head: Line, lines: [Line]) {
    switch drawer {
    case .matrix: (Line(label: "", numbers: []), [])
    case .calibration:
      (
        Line(label: "probability", numbers: ["right", "mean", "rows"]),
        report.calibration.bins.filter { $0.count > 0 }.map { bin in
          Line(
            label:
              "\(Numerals.fixed(Float(bin.lower), 2)) to \(Numerals.fixed(Float(bin.upper), 2))",
            numbers: [
              Numerals.fixed(Float(bin.accuracy ?? .nan), 2),
              Numerals.fixed(Float(bin.confidence ?? .nan), 2), Numerals.grouped(bin.count),
            ])
        }
      )
    case .slices:
      (
        Line(label: "slice", numbers: ["lift", "err %", "rows"]),
        report.slices.map { slice in
          Line(
            label: slice.name,
            numbers: numbers(lift: slice.lift, rate: slice.errorRate, count: slice.count))
        }
      )
    case .words:
      (
        Line(label: "word", numbers: ["lift", "err %", "rows"]),
        report.words.map { word in
          Line(
            label: word.word,
            numbers: numbers(
              lift: word.lift, rate: Double(word.errors) / Double(max(1, word.count)),
              count: word.count))
        }
      )
    case .suspects:
      (
        Line(label: "label, and what it should be", numbers: ["margin"]),
        report.suspects.prefix(1000).map { suspect in
          let names = state.errors.table?.classes ?? []
          func name(_ index: Int) -> String { names.indices.contains(index) ? names[index] : "" }
          let row = state.errors.table.map { "\($0[suspect.index].fileRow)" } ?? ""
          return Line(
            label: "\(row) \(name(suspect.gold)) \(state.signs.becomes) \(name(suspect.suggested))",
            numbers: [Numerals.fixed(Float(suspect.margin), 2)])
        }
      )
    }
  }

  private func numbers(lift: Double, rate: Double, count: Int) -> [String] {
    [
      Numerals.fixed(Float(lift), 2), Numerals.fixed(Float(rate * 100), 0),
      Numerals.grouped(count),
    ]
  }
}

/// The text of the row at the cursor, and what is said of it.
struct PreviewView {
  let state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    guard let table = state.errors.table, let row = state.errors.selectedRow else {
      picture.frame.box(rect, title: "Row")
      return
    }
    let example = table[row]
    let dot = " \(state.signs.dot) "
    let gold = table.name(of: example.gold)
    let title =
      "Row \(example.fileRow)" + (example.id.map { " (\($0))" } ?? "") + dot
      + "gold \(gold.isEmpty ? "unknown" : gold)" + dot
      + "pred \(table.name(of: example.predicted)) \(Numerals.fixed(example.probability, 2))"
    let note =
      example.goldProbability.isNaN ? "" : "p(gold) \(Numerals.fixed(example.goldProbability, 3))"
    let inner = picture.frame.box(rect, title: title, note: note)
    let layout = TextLayout(
      String(example.text.prefix(4000)), columns: max(1, inner.size.columns - 2),
      isPlain: picture.frame.isPlain)
    for row in 0..<min(layout.rowCount, inner.size.rows) {
      picture.frame.write(
        row: row, of: layout,
        at: Position(column: inner.origin.column + 1, row: inner.origin.row + row)
      ) { _ in Style() }
    }
  }
}
