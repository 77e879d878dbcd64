package import TerminalUI

/// Drawing functions for overlays.
extension Picture {
  /// Draws an empty box in the middle of the screen, at most as large as given.
  ///
  /// - Parameter isInLowerHalf: whether the box begins at the middle instead, so that the upper half stays
  ///   visible.
  /// - Returns: the rectangle inside the box.
  package mutating func openBox(
    columns: Int, rows: Int, title: String, note: String = "", isInLowerHalf: Bool = false
  ) -> Rect {
    let size = frame.size
    let width = min(columns, size.columns - 2)
    let height = min(rows, size.rows - 2)
    let row = isInLowerHalf ? min(size.rows / 2, size.rows - 2 - height) : (size.rows - height) / 2
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, row), columns: width, rows: height)
    clear(for: rect)
    let inner = frame.box(rect, title: title, note: note, isFocused: true)
    mark(rect, as: .overlay)
    frame.cursor = nil
    return inner.inset(columns: 1, rows: 0)
  }

  /// Marks on the border of the box which lines of a list are visible.
  package mutating func scrollMark(_ visible: Range<Int>, of count: Int, around inner: Rect) {
    // `openBox` leaves a column free inside the border.
    frame.scrollMark(visible, of: count, in: inner.inset(columns: -2, rows: -1))
  }

  /// Draws a field after its prompt. If the text is too long, its end is shown, where typing
  /// continues.
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

  /// Draws, in wrapped lines below the field, why its text can't be used.
  mutating func drawProblem(_ lines: [String], in inner: Rect) {
    for (line, text) in lines.prefix(inner.size.rows - 1).enumerated() {
      frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + 1 + line),
        style: Style(.error), maxColumns: inner.size.columns)
    }
  }

  /// Highlights the selected line of a list; the cursor stays in the field.
  mutating func highlight(_ rect: Rect, _ signs: Signs) {
    let cursor = frame.cursor
    select(rect)
    if let cursor { frame.cursor = cursor }
    // Plain mode also marks the selection with a character.
    if frame.isPlain, rect.origin.column > 0 {
      frame.write(
        signs.chosen, at: Position(column: rect.origin.column - 1, row: rect.origin.row))
    }
  }

  /// Draws lines of a list, as many as fit, with the selected one near the middle. Each line is
  /// drawn by `draw` and can be clicked; the border marks which lines are visible.
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
  /// Clears the area of an overlay: without borders whole rows, so that no rest of a line beside it
  /// is read as part of it.
  mutating func clear(for rect: Rect) {
    frame.fill(
      frame.isPlain
        ? Rect(
          column: 0, row: rect.origin.row, columns: frame.size.columns, rows: rect.size.rows)
        : rect)
  }

  /// Marks the selected line of a list: reversed, with the cursor there for screen readers.
  /// - Parameter keepsPaint: whether painted words keep their style, and so does the space between
  ///   two of them. The mark then hides no paint, and those cells are not sent again when it moves.
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
