extension Frame {
  /// Draws the visible part of an editor and, if it has the focus, its selection and the cursor. A
  /// single line that continues beyond an edge has `…` there.
  public mutating func draw(
    _ editor: TextEditor, in rect: Rect, isFocused: Bool = true,
    style: (_ utf8Range: Range<Int>) -> Style = { _ in Style() }
  ) {
    let selection = isFocused ? editor.selection : nil
    for line in 0..<min(rect.size.rows, size.rows) {
      let row = editor.scroll.row + line
      var end = 0
      for placed in editor.layout.glyphs(inRow: row) {
        let column = placed.column - editor.scroll.column
        end = column + placed.glyph.columns
        guard column >= 0 else { continue }
        guard column < rect.size.columns else { break }
        let place = Position(column: rect.origin.column + column, row: rect.origin.row + line)
        let isSelected = selection?.contains(placed.utf8Range.lowerBound) == true
        write(
          [placed.glyph], at: place,
          style: isSelected ? Style(.selection) : style(placed.utf8Range),
          rect.size.columns - column)
      }
      if let lineEnd = editor.layout.lineEnd(ofRow: row), end < rect.size.columns,
        selection?.contains(lineEnd) == true
      {
        // a selected line end takes a cell, or an empty line would not show that it is selected
        let place = Position(column: rect.origin.column + end, row: rect.origin.row + line)
        self[place] = Cell(" ", Style(.selection))
      }
    }
    if editor.isSingleLine { markCuts(of: editor, in: rect) }
    if isFocused, let place = editor.cursorPosition, place.row < rect.size.rows {
      cursor = Position(column: rect.origin.column + place.column, row: rect.origin.row + place.row)
    }
  }

  private mutating func markCuts(of editor: TextEditor, in rect: Rect) {
    guard rect.size.columns >= TextEditor.leastColumnsWithMarks else { return }
    var cut: [Int] = []
    if editor.scroll.column > 0 { cut.append(0) }
    if editor.endColumn > editor.scroll.column + rect.size.columns {
      cut.append(rect.size.columns - 1)
    }
    for column in cut {
      let place = Position(column: rect.origin.column + column, row: rect.origin.row)
      write([ellipsis], at: place, style: Style(.dim), 1)
    }
  }
}
