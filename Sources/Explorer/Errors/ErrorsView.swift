internal import Datasets
internal import TerminalUI

/// The table of examples, and around it what it adds up to.
struct ErrorsView {
  private let state: State
  private let layout: ErrorsLayout

  init(_ state: State) {
    self.state = state
    layout = ErrorsLayout(state)
  }

  func draw(on picture: inout Picture) {
    FilterView(state: state, rect: layout.filter).draw(on: &picture)
    let isInDrawer = state.errors.isInDrawer
    if layout.kind != .small || !isInDrawer { drawTable(&picture) }
    switch layout.kind {
    case .wide:
      PreviewView(state: state, rect: layout.preview).draw(on: &picture)
      MatrixView(state: state, rect: layout.matrix).draw(on: &picture)
      DrawerView(state: state, rect: layout.drawer, drawer: secondDrawer).draw(on: &picture)
    case .stacked, .small:
      if isInDrawer {
        if state.errors.drawer == .matrix {
          MatrixView(state: state, rect: layout.matrix).draw(on: &picture)
        } else {
          DrawerView(state: state, rect: layout.drawer, drawer: state.errors.drawer)
            .draw(on: &picture)
        }
      } else if layout.kind == .stacked {
        PreviewView(state: state, rect: layout.preview).draw(on: &picture)
      }
    case .tooSmall: break
    }
  }

  /// The matrix has its own place there.
  private var secondDrawer: ErrorsScreen.Drawer {
    state.errors.drawer == .matrix ? .slices : state.errors.drawer
  }

  private func drawTable(_ picture: inout Picture) {
    let inner = picture.frame.box(
      layout.table, title: "Examples", note: note, isFocused: !state.errors.isInDrawer)
    picture.mark(layout.table, as: .examples)
    guard let table = state.errors.table, !state.errors.view.rows.isEmpty else {
      picture.frame.write(
        emptiness, at: Position(column: inner.origin.column + 1, row: inner.origin.row),
        style: Style(.dim), maxColumns: inner.size.columns - 2, hasEllipsis: true)
      return
    }
    let columns = ExampleColumns(table, width: inner.size.columns)
    columns.drawHead(at: inner.origin, order: state.errors.order, &picture)
    let rows = state.errors.view.rows
    let list = state.errors.list.fitted(count: rows.count, rows: layout.tableRows)
    for (line, index) in list.visible(count: rows.count, rows: layout.tableRows).enumerated() {
      let place = Position(column: inner.origin.column, row: inner.origin.row + 1 + line)
      let example = table[rows[index]]
      columns.draw(
        example, at: place, evidence: table.evidence[rows[index]]?.text,
        flags: flags(example, rows[index]), &picture)
      let rect = Rect(
        column: place.column, row: place.row, columns: inner.size.columns, rows: 1)
      picture.mark(rect, as: .exampleLine(index))
      if index == list.selection {
        // its beginning alone: over a slow line a whole row twice a key is too much
        picture.select(
          Rect(
            column: place.column, row: place.row, columns: columns.selectionEnd, rows: 1))
        picture.frame.write(state.signs.chosen, at: place)
      }
    }
  }

  /// A star for a marked row, a dot for one that somebody wrote about.
  private func flags(_ example: ScoredExample, _ row: Int) -> String {
    let isNoted = state.errors.annotations.entries[example.fileRow]?.isEmpty == false
    return (state.errors.marked.contains(row) ? "*" : " ") + (isNoted ? state.signs.noted : " ")
  }

  private var note: String {
    let order = state.errors.order
    let falls = order.isDescending != state.errors.isReversed
    var parts = ["sort \(order.words) \(state.signs.direction(isDown: falls))"]
    if !state.errors.marked.isEmpty { parts.append("\(state.errors.marked.count) marked") }
    return parts.joined(separator: "  ")
  }

  private var emptiness: String {
    switch state.errors.status {
    case .none: "no data set; start with 'whylight explore --data FILE'"
    case .failed(let reason): reason
    case .scoring where state.errors.table?.count == 0: "the first rows are being scored"
    case .scoring where state.errors.viewed == nil: "the first rows are being sorted"
    default: state.errors.query.isEmpty ? "no rows" : "no row matches the filter"
    }
  }
}

/// Where the columns of the table are.
private struct ExampleColumns {
  private let table: ExampleTable
  private let rowColumns: Int
  private let classColumns: Int
  private let textColumn: Int
  /// Columns for the evidence before the text; 0 where there is no room for both.
  private let evidenceColumns: Int
  private let width: Int

  init(_ table: ExampleTable, width: Int) {
    self.table = table
    self.width = width
    rowColumns = max(4, "\(table.count)".count)
    let longest = table.classes.map { DisplaySafe.columns(of: $0) }.max() ?? 4
    classColumns = max(4, min(longest, width / 8))
    let start = 3 + rowColumns + 1 + 2 * (classColumns + 1) + 5 + 6
    let rest = width - start - 1
    evidenceColumns = rest < 34 ? 0 : min(32, rest * 6 / 10)
    textColumn = start + (evidenceColumns == 0 ? 0 : evidenceColumns + 1)
  }

  func drawHead(at place: Position, order: ExampleView.Order, _ picture: inout Picture) {
    func style(_ column: ExampleView.Order) -> Style {
      column == order ? Style(.title, .bold) : Style(.dim)
    }
    func at(_ column: Int) -> Position {
      Position(column: place.column + column, row: place.row)
    }
    picture.frame.write("row", endingBefore: at(3 + rowColumns), style: style(.row))
    picture.frame.write("gold", at: at(goldColumn), style: style(.gold))
    picture.frame.write("pred", at: at(predColumn), style: style(.pred))
    picture.frame.write("p", endingBefore: at(numbersEnd - 6), style: style(.p))
    picture.frame.write("loss", endingBefore: at(numbersEnd), style: style(.loss))
    picture.frame.write(
      "top evidence", at: at(numbersEnd + 1), style: Style(.dim), maxColumns: evidenceColumns)
    picture.frame.write("text", at: at(textColumn), style: style(.len))
  }

  func draw(
    _ example: ScoredExample, at place: Position, evidence: String?, flags: String,
    _ picture: inout Picture
  ) {
    func at(_ column: Int) -> Position {
      Position(column: place.column + column, row: place.row)
    }
    // a theme without colours would underline what is not there
    for (column, flag) in flags.enumerated() where flag != " " {
      picture.frame.write(String(flag), at: at(1 + column), style: Style(.notice))
    }
    picture.frame.write("\(example.fileRow)", endingBefore: at(3 + rowColumns), style: Style(.dim))
    let gold = table.name(of: example.gold)
    picture.frame.write(
      gold.isEmpty ? "-" : gold, at: at(goldColumn), maxColumns: classColumns, hasEllipsis: true)
    let predicted = table.name(of: example.predicted)
    picture.frame.write(
      predicted.isEmpty ? "-" : predicted, at: at(predColumn),
      style: Style(example.isError ? .error : .text), maxColumns: classColumns, hasEllipsis: true)
    picture.frame.write(
      Numerals.fixed(example.probability, 2), endingBefore: at(numbersEnd - 6))
    picture.frame.write(
      example.loss.isNaN ? "-" : Numerals.fixed(example.loss, 2),
      endingBefore: at(numbersEnd))
    if evidenceColumns > 0, let evidence {
      picture.frame.write(
        evidence, at: at(numbersEnd + 1), maxColumns: evidenceColumns, hasEllipsis: true)
    }
    picture.frame.write(
      String(example.text.prefix(2 * width)), at: at(textColumn),
      maxColumns: width - textColumn - 1, hasEllipsis: true)
  }

  private var goldColumn: Int { 3 + rowColumns + 1 }
  /// Behind the gold class.
  var selectionEnd: Int { goldColumn + classColumns }
  /// Behind the loss.
  private var numbersEnd: Int { predColumn + classColumns + 1 + 5 + 5 }
  private var predColumn: Int { goldColumn + classColumns + 1 }
}
