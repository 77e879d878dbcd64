internal import TerminalUI

/// Draws the tour's caption in the last two rows, above everything else.
struct CaptionView {
  let text: String

  func draw(on picture: inout Picture) {
    let size = picture.frame.size
    let columns = max(10, size.columns - 2)
    let lines = text.wrapped(columns: columns)
      .limited(rows: 2, columns: columns, picture.frame.isPlain ? "..." : "…")
    for row in 0..<2 {
      let place = Position(column: 0, row: size.rows - 2 + row)
      picture.frame.fill(
        Rect(column: 0, row: place.row, columns: size.columns, rows: 1),
        with: Cell(" ", Style(.selection)))
      guard row < lines.count else { continue }
      picture.frame.write(
        lines[row], at: Position(column: 1, row: place.row), style: Style(.selection))
    }
  }
}
