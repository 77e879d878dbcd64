package import TerminalUI

/// The screen as a picture: each run of cells in the same colours is a rectangle and a text.
package struct ScreenSVG {
  package let theme: Theme

  package init(theme: Theme) { self.theme = theme }

  private static let cell = (width: 9.0, height: 17.5)
  private static let margin = 12.0

  package func text(of frame: Frame) -> MarkupText {
    let width = Double(frame.size.columns) * Self.cell.width + 2 * Self.margin
    let height = Double(frame.size.rows) * Self.cell.height + 2 * Self.margin
    let rows = (0..<frame.size.rows).map { elements(ofRow: $0, frame) }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" \
      font-size="15">
      <rect width="100%" height="100%" fill="\(ground)"/>
      \(rows.filter { !$0.isEmpty }.joined(separator: "\n"))
      </svg>

      """
  }

  private var ground: String { theme.background == .light ? "#ffffff" : "#121212" }
  private var ink: String { theme.background == .light ? "#1c1c1c" : "#d0d0d0" }

  private func elements(ofRow row: Int, _ frame: Frame) -> MarkupText {
    var parts: [MarkupText] = []
    var column = 0
    while column < frame.size.columns {
      let start = column
      let style = frame[Position(column: column, row: row)].style
      var text = ""
      while column < frame.size.columns {
        let cell = frame[Position(column: column, row: row)]
        guard cell.style == style else { break }
        text += cell.cluster
        column += 1
      }
      parts += elements(text, style, column: start, columns: column - start, row: row)
    }
    return parts.joined(separator: "\n")
  }

  private func elements(
    _ text: String, _ style: Style, column: Int, columns: Int, row: Int
  ) -> [MarkupText] {
    let paint = theme.paint(style, colors: .direct)
    var (front, back) = (paint.foreground.hex ?? ink, paint.background.hex)
    if paint.attributes.contains(.reverse) { (front, back) = (back ?? ground, front) }
    let x = Self.margin + Double(column) * Self.cell.width
    let y = Self.margin + Double(row) * Self.cell.height
    let width = Double(columns) * Self.cell.width
    var parts: [MarkupText] = []
    if let back {
      parts.append(
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(Self.cell.height)\""
          + " fill=\"\(back)\"/>")
    }
    guard text.contains(where: { $0 != " " }) else { return parts }
    let weight: MarkupText = paint.attributes.contains(.bold) ? " font-weight=\"bold\"" : ""
    let line: MarkupText =
      paint.attributes.contains(.underline) ? " text-decoration=\"underline\"" : ""
    // textLength keeps the columns aligned with any font
    parts.append(
      "<text x=\"\(x)\" y=\"\(y + 13.5)\" fill=\"\(front)\"\(weight)\(line) textLength=\"\(width)\""
        + " lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">\(text)</text>"
    )
    return parts
  }
}
