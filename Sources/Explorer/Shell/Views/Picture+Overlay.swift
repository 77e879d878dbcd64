package import TerminalUI

/// What overlays are drawn with.
extension Picture {
  /// Draws an empty box in the middle of the screen, at most as large as given, and returns the
  /// rectangle inside it.
  /// - Parameter isLow: begins at the middle instead, so that the upper half stays in sight.
  package mutating func openBox(
    columns: Int, rows: Int, title: String, note: String = "", isLow: Bool = false
  ) -> Rect {
    let size = frame.size
    let width = min(columns, size.columns - 2)
    let height = min(rows, size.rows - 2)
    let row = isLow ? min(size.rows / 2, size.rows - 2 - height) : (size.rows - height) / 2
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, row), columns: width, rows: height)
    clear(for: rect)
    let inner = frame.box(rect, title: title, note: note, isFocused: true)
    mark(rect, as: .overlay)
    frame.cursor = nil
    return inner.inset(columns: 1, rows: 0)
  }

  /// Which lines of a list are in sight, on the border of the box.
  package mutating func scrollMark(_ visible: Range<Int>, of count: Int, around inner: Rect) {
    // `openBox` leaves a column free inside of the border
    frame.scrollMark(visible, of: count, in: inner.inset(columns: -2, rows: -1))
  }

  /// A field after its prompt. Of a text that is too long the end is shown, where typing continues.
  package mutating func drawField(
    _ field: TextEditor, prompt: String, in inner: Rect, isFocused: Bool = true
  ) {
    let start = inner.origin.column + frame.write(prompt, at: inner.origin, style: Style(.key))
    let columns = inner.origin.column + inner.size.columns - start
    var shown = field
    shown.resize(to: Size(columns: max(1, columns - 1), rows: 1))
    draw(
      shown, in: Rect(column: start, row: inner.origin.row, columns: max(1, columns - 1), rows: 1),
      isFocused: isFocused)
  }

  /// Why what stands in the field can't be used, in wrapped lines below it.
  mutating func drawProblem(_ lines: [String], in inner: Rect) {
    for (line, text) in lines.prefix(inner.size.rows - 1).enumerated() {
      frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + 1 + line),
        style: Style(.error), maxColumns: inner.size.columns)
    }
  }

  /// The selected line of a list; the cursor stays in the field.
  mutating func highlight(_ rect: Rect, _ signs: Signs) {
    let cursor = frame.cursor
    select(rect)
    if let cursor { frame.cursor = cursor }
    // the selection is a change of text too
    if frame.isPlain, rect.origin.column > 0 {
      frame.write(
        signs.chosen, at: Position(column: rect.origin.column - 1, row: rect.origin.row))
    }
  }

  /// Lines of a list, as many as fit from a row on, with the selected one about in the middle: each is
  /// drawn by `draw`, can be clicked, and the mark on the border says which are in sight.
  mutating func drawList(
    count: Int, selected: Int?, in inner: Rect, below skipped: Int = 0, above spared: Int = 0,
    _ signs: Signs, draw: (Int, Rect, inout Picture) -> Void
  ) {
    let rows = max(0, inner.size.rows - skipped - spared)
    let top = max(0, min((selected ?? 0) - rows / 2, count - rows))
    let visible = top..<top + max(0, min(rows, count))
    for line in visible {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + skipped + line - top,
        columns: inner.size.columns, rows: 1)
      draw(line, rect, &self)
      mark(rect, as: .line(line))
      if line == selected { highlight(rect, signs) }
    }
    scrollMark(visible, of: count, around: inner)
  }
}

extension Picture {
  /// Room for what lies over the screen: without borders whole rows, so that nobody reads on in what
  /// is left of a line beside it.
  mutating func clear(for rect: Rect) {
    frame.fill(
      frame.isPlain
        ? Rect(
          column: 0, row: rect.origin.row, columns: frame.size.columns, rows: rect.size.rows)
        : rect)
  }

  /// The selected line of a list: reversed, and the cursor there for those who read with it.
  /// - Parameter keepsPaint: painted words stay as they are, and the blank between two of them, so that the mark hides
  ///   nothing of them, and so that they are not sent again as it comes and goes.
  mutating func select(_ rect: Rect, keepsPaint: Bool = false) {
    func place(_ column: Int) -> Position {
      Position(column: rect.origin.column + column, row: rect.origin.row)
    }
    let isPainted = (0..<rect.size.columns).map {
      keepsPaint && frame[place($0)].style.role.isPaint
    }
    for column in isPainted.indices where !isPainted[column] {
      let isBetween =
        frame[place(column)].cluster == " " && column > 0 && column + 1 < isPainted.count
        && isPainted[column - 1] && isPainted[column + 1]
      if !isBetween { frame[place(column)].style.role = .selection }
    }
    if frame.isPlain { frame.cursor = rect.origin }
  }
}
