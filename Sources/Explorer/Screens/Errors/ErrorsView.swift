internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Draws the Errors screen: the filter, the table of examples, the preview and the drawers.
struct ErrorsView {
  @Shared private var state: State
  private let layout: ErrorsLayout

  init(_ state: State) {
    _state = Shared(wrappedValue: state)
    layout = ErrorsLayout(state)
  }

  func draw(on picture: inout Picture) {
    FilterView(state: state, rect: layout.filter).draw(on: &picture)
    if state.errors.isZoomed, layout.kind != .tooSmall {
      return state.errors.isInDrawer
        ? DrawerView(state: state, rect: layout.drawer, drawer: state.errors.drawer)
          .draw(on: &picture) : drawTable(&picture)
    }
    let isInDrawer = state.errors.isInDrawer
    if layout.kind != .small || !isInDrawer { drawTable(&picture) }
    switch layout.kind {
    case .wide:
      PreviewView(state: state, rect: layout.preview).draw(on: &picture)
      MatrixView(state: state, rect: layout.matrix).draw(on: &picture)
      DrawerView(state: state, rect: layout.drawer, drawer: layout.openDrawer(state))
        .draw(on: &picture)
    case .stacked, .small:
      if isInDrawer {
        DrawerView(state: state, rect: layout.drawer, drawer: state.errors.drawer)
          .draw(on: &picture)
      } else if layout.kind == .stacked {
        PreviewView(state: state, rect: layout.preview).draw(on: &picture)
      }
    case .tooSmall: break
    }
  }

  private func drawTable(_ picture: inout Picture) {
    let inner = picture.frame.box(
      layout.table, title: "Examples", note: note, isFocused: !state.errors.isInDrawer)
    picture.mark(layout.table, as: .errors(.examples))
    guard let table = state.dataset.table, !state.dataset.rows.all.isEmpty else {
      for (line, text) in emptiness.flatMap({ $0.wrapped(columns: max(1, inner.size.columns - 2)) })
        .prefix(inner.size.rows).enumerated()
      {
        picture.frame.write(
          text, at: Position(column: inner.origin.column + 1, row: inner.origin.row + line),
          style: Style(.dim), maxColumns: inner.size.columns - 2)
      }
      return
    }
    let rows = state.dataset.rows.all
    let list = state.errors.list.fitted(count: rows.count, rows: layout.tableRows)
    let visible = list.visible(count: rows.count, rows: layout.tableRows)
    let labels = visible.map { line -> String? in
      let example = table[rows[line]]
      let label = state.dataset.notes.annotations.entries[example.fileRow]?.label
      return label == table.goldText(example) ? nil : label
    }
    let columns = ExampleColumns(
      table, width: inner.size.columns, hasLabels: labels.contains { $0 != nil })
    columns.drawHead(at: inner.origin, order: state.dataset.rows.order, &picture)
    for (line, index) in visible.enumerated() {
      let place = Position(column: inner.origin.column, row: inner.origin.row + 1 + line)
      let example = table[rows[index]]
      let explained = state.dataset.explained[rows[index]]
      columns.draw(
        example, paint: explained.map { RowPaint($0, rationale: nil) },
        label: labels[line].map { "\(state.signs.becomes)\($0)" }, at: place,
        evidence: table.evidence[rows[index]]?.text, flags: flags(example, rows[index]), &picture)
      let rect = Rect(
        column: place.column, row: place.row, columns: inner.size.columns, rows: 1)
      picture.mark(rect, as: .errors(.exampleLine(index)))
      if index == list.selection {
        picture.select(rect, keepsPaint: true)
        picture.frame.write(state.signs.chosen, at: place, style: Style(.selection))
      }
    }
    picture.frame.scrollMark(visible, of: rows.count, in: layout.table)
  }

  /// An asterisk if the row is marked, and a sign if it has a new label or a note.
  private func flags(_ example: ScoredExample, _ row: Int) -> String {
    let isNoted = state.dataset.notes.annotations.entries[example.fileRow]?.isEmpty == false
    return (state.dataset.rows.marked.contains(row) ? "*" : " ")
      + (isNoted ? state.signs.noted : " ")
  }

  private var note: String {
    let order = state.dataset.rows.order
    let falls = order.isDescending != state.dataset.rows.isReversed
    var parts = ["sort \(state.words(of: order)) \(state.signs.direction(isDown: falls))"]
    if !state.dataset.rows.marked.isEmpty {
      parts.append("\(state.dataset.rows.marked.count) marked")
    }
    return parts.joined(separator: "  ")
  }

  /// Why the table is empty, one paragraph per element.
  private var emptiness: [String] {
    switch state.dataset.status {
    case .none:
      [
        "No data yet. This screen shows where a model is wrong: labelled texts, the worst first.",
        "",
        "  Enter   opens a sample: 200 reviews that come with the program",
        "  O       opens a file of your own: CSV, TSV, JSON Lines or plain text", "",
        "The columns of texts and labels are found by their names or contents; whylight explore "
          + "--data FILE --text-column NAME --label-column NAME names them.",
      ]
    case .failed(let reason): [reason]
    case .scoring where state.dataset.table?.count == 0: ["The first rows are being scored."]
    case .stopped where state.dataset.table?.count == 0:
      ["Stopped before the first row; r resumes."]
    case .scoring where state.dataset.rows.viewed == nil: ["The first rows are being sorted."]
    default:
      state.dataset.rows.query.isEmpty
        ? ["The file has no rows."] : ["No row matches the filter.", "x shows all rows again."]
    }
  }
}

/// The columns of the table: their positions, and how their cells are drawn.
private struct ExampleColumns {
  private let table: ExampleTable
  private let rowColumns: Int
  private let classColumns: Int
  /// The width for `positive→negative` if a visible row has a new label.
  private let goldColumns: Int
  private let textColumn: Int
  /// The width of the evidence before the text; 0 if there is no room for both.
  private let evidenceColumns: Int
  private let width: Int

  init(_ table: ExampleTable, width: Int, hasLabels: Bool) {
    self.table = table
    self.width = width
    rowColumns = max(4, "\(table.count)".count)
    let longest = table.classes.map { DisplaySafe.columns(of: $0) }.max() ?? 4
    classColumns = table.hasNumbers ? 8 : max(4, min(longest, width / 9))
    goldColumns = hasLabels ? max(classColumns, min(2 * longest + 1, width / 4)) : classColumns
    let start = 3 + rowColumns + 1 + goldColumns + 1 + classColumns + 1 + 5 + 6
    let rest = width - start - 1
    // The text takes half of the table before the evidence gets any of it.
    let spare = min(32, rest - width / 2)
    evidenceColumns = spare < 14 ? 0 : spare
    textColumn = start + (evidenceColumns == 0 ? 0 : evidenceColumns + 1)
  }

  func drawHead(at place: Position, order: ExampleView.Order, _ picture: inout Picture) {
    func style(_ column: ExampleView.Order) -> Style {
      column == order ? Style(.title, .bold) : Style(.dim)
    }
    func at(_ column: Int) -> Position {
      Position(column: place.column + column, row: place.row)
    }
    func mark(_ order: ExampleView.Order, _ columns: Range<Int>) {
      picture.mark(
        Rect(
          column: place.column + columns.lowerBound, row: place.row, columns: columns.count,
          rows: 1), as: .errors(.exampleColumn(order)))
    }
    mark(.row, 0..<goldColumn)
    mark(.gold, goldColumn..<predColumn)
    mark(.pred, predColumn..<max(predColumn, numbersEnd - 10))
    mark(.p, max(predColumn, numbersEnd - 10)..<numbersEnd - 5)
    mark(.loss, numbersEnd - 5..<numbersEnd + 1)
    mark(.len, textColumn..<max(textColumn + 1, width))
    picture.frame.write("row", endingBefore: at(3 + rowColumns), style: style(.row))
    picture.frame.write("gold", at: at(goldColumn), style: style(.gold))
    picture.frame.write("pred", at: at(predColumn), style: style(.pred))
    if !table.hasNumbers {
      picture.frame.write("p", endingBefore: at(numbersEnd - 6), style: style(.p))
    }
    picture.frame.write(
      table.hasNumbers ? "error" : "loss", endingBefore: at(numbersEnd), style: style(.loss))
    picture.frame.write(
      "top evidence", at: at(numbersEnd + 1), style: Style(.dim), maxColumns: evidenceColumns)
    picture.frame.write("text", at: at(textColumn), style: style(.len))
  }

  func draw(
    _ example: ScoredExample, paint: RowPaint?, label: String?, at place: Position,
    evidence: String?,
    flags: String, _ picture: inout Picture
  ) {
    func at(_ column: Int) -> Position {
      Position(column: place.column + column, row: place.row)
    }
    // Blanks are not written: a theme without colours would underline them.
    for (column, flag) in flags.enumerated() where flag != " " {
      picture.frame.write(String(flag), at: at(1 + column), style: Style(.notice))
    }
    picture.frame.write("\(example.fileRow)", endingBefore: at(3 + rowColumns), style: Style(.dim))
    let gold = table.goldText(example)
    picture.frame.write(
      (gold.isEmpty ? "-" : gold) + (label ?? ""), at: at(goldColumn),
      style: Style(label == nil ? .text : .notice), maxColumns: goldColumns, hasEllipsis: true)
    let predicted = table.answerText(example)
    picture.frame.write(
      predicted.isEmpty ? "-" : predicted, at: at(predColumn),
      style: Style(example.isError ? .error : .text), maxColumns: classColumns, hasEllipsis: true)
    // A regression has no probability.
    if !table.hasNumbers {
      picture.frame.write(
        Numerals.fixed(example.probability, 2), endingBefore: at(numbersEnd - 6))
    }
    picture.frame.write(
      example.loss.isNaN ? "-" : Numerals.fixed(example.loss, 2),
      endingBefore: at(numbersEnd))
    if evidenceColumns > 0, let evidence {
      picture.frame.write(
        evidence, at: at(numbersEnd + 1), maxColumns: evidenceColumns, hasEllipsis: true)
    }
    drawText(example.texts, paint, at: at(textColumn), columns: width - textColumn - 1, &picture)
  }

  /// Draws the beginning of the text, coloured by the scores of its words once they are known. The
  /// text is cut at the same place before and after, so that it does not move.
  private func drawText(
    _ texts: JoinedTexts, _ paint: RowPaint?, at place: Position, columns: Int,
    _ picture: inout Picture
  ) {
    let text = texts.line
    let start = String(text.prefix(2 * width))
    guard columns > 8 else {
      picture.frame.write(start, at: place, maxColumns: columns, hasEllipsis: true)
      return
    }
    let layout = TextLayout(start, columns: columns - 1, isPlain: picture.frame.isPlain)
    picture.frame.write(row: 0, of: layout, at: place) { range in
      paint.map { Style(.heat($0.level(at: texts.place(ofLine: range.lowerBound)))) } ?? Style()
    }
    guard layout.rowCount > 1 || start.utf8.count < text.utf8.count else { return }
    let used = layout.glyphs(inRow: 0).map { $0.column + $0.glyph.columns }.max() ?? 0
    picture.frame.write(
      picture.frame.isPlain ? "~" : "…",
      at: Position(column: place.column + min(used, columns - 1), row: place.row))
  }

  private var goldColumn: Int { 3 + rowColumns + 1 }
  /// The column after the loss.
  private var numbersEnd: Int { predColumn + classColumns + 1 + 5 + 5 }
  private var predColumn: Int { goldColumn + goldColumns + 1 }
}
