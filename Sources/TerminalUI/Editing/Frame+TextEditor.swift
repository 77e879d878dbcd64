extension Frame {
  /// Draws the visible part of an editor and, if it has the focus, shows the cursor.
  public mutating func draw(
    _ editor: TextEditor, in rect: Rect, isFocused: Bool = true,
    style: (_ utf8Range: Range<Int>) -> Style = { _ in Style() }
  ) {
    for line in 0..<min(rect.size.rows, size.rows) {
      let row = editor.scroll.row + line
      for placed in editor.layout.glyphs(inRow: row) {
        let column = placed.column - editor.scroll.column
        guard column >= 0 else { continue }
        guard column < rect.size.columns else { break }
        let place = Position(column: rect.origin.column + column, row: rect.origin.row + line)
        write(
          [placed.glyph], at: place, style: style(placed.utf8Range), rect.size.columns - column)
      }
    }
    if isFocused, let place = editor.cursorPosition, place.row < rect.size.rows {
      cursor = Position(column: rect.origin.column + place.column, row: rect.origin.row + place.row)
    }
  }
}
