package import TerminalUI

/// The screen as lines of coloured text, for a terminal.
package struct ScreenText {
  private let paint: TerminalPaint

  package init(theme: Theme) { paint = TerminalPaint(theme: theme, colors: .indexed256) }

  package func text(of frame: Frame) -> PlainText {
    (0..<frame.size.rows).map { row -> PlainText in
      var cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: row)] }
      // spaces in the default colours are invisible, but would wrap in narrower windows
      while let last = cells.last, last.cluster == " ", paint.isBare(last) { cells.removeLast() }
      return paint.text(of: cells)
    }.joined(separator: "\n") + "\n"
  }
}
