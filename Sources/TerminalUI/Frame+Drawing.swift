extension Frame {
  /// Writes any text in one row, made safe, clipped to the frame and to `maxColumns`; a wide
  /// cluster is never cut in half. If `maxColumns` or `hasEllipsis` is given, a longer text ends in
  /// `…`; numbers are not cut, but left out as a whole. Returns the number of columns used.
  @discardableResult
  public mutating func write(
    _ text: String, at position: Position, style: Style = Style(), maxColumns: Int = .max,
    hasEllipsis: Bool? = nil
  ) -> Int {
    let limit = min(maxColumns, size.columns &- position.column)
    guard limit > 0 else { return 0 }
    let glyphs = DisplaySafe.glyphs(of: text, isPlain: isPlain, maxColumns: limit)
    let columns = glyphs.reduce(0) { $0 + $1.columns }
    guard hasEllipsis ?? (maxColumns != .max), columns > limit else {
      return write(glyphs, at: position, style: style, limit)
    }
    return write(elided(glyphs, columns: limit), at: position, style: style, limit)
  }

  /// As many glyphs as fit, followed by an ellipsis.
  private func elided(_ glyphs: [Glyph], columns: Int) -> [Glyph] {
    Array(glyphs.fitting(columns: columns - 1)) + [ellipsis]
  }

  /// The mark of a text that is cut.
  var ellipsis: Glyph { Glyph(text: isPlain ? "~" : "…", columns: 1, isMark: false) }

  /// The same, right-aligned: the last column is left of `edge`. For numbers and hints.
  @discardableResult
  public mutating func write(
    _ text: String, endingBefore edge: Position, style: Style = Style(), maxColumns: Int = .max
  ) -> Int {
    var glyphs = DisplaySafe.glyphs(of: text, isPlain: isPlain)
    if maxColumns > 0, glyphs.reduce(0, { $0 + $1.columns }) > maxColumns {
      glyphs = elided(glyphs, columns: maxColumns)
    }
    let columns = min(max(0, maxColumns), glyphs.reduce(0) { $0 + $1.columns })
    let start = Position(column: edge.column &- columns, row: edge.row)
    return write(glyphs, at: start, style: style, columns)
  }

  /// Fills a rectangle with one cell.
  public mutating func fill(_ rect: Rect, with cell: Cell = Cell()) {
    for position in visiblePositions(in: rect) { self[position] = cell }
  }

  /// A border with a title on the left and a note on the right, heavy if focused; in plain mode
  /// only a title line, preceded by `* ` if focused. Returns the rectangle inside.
  @discardableResult
  public mutating func box(
    _ rect: Rect, title: String = "", note: String = "", isFocused: Bool = false
  ) -> Rect {
    let style = Style(isFocused ? .focusedBorder : .border)
    let pen = isPlain ? BorderPen.plain : isFocused ? .heavy : .rounded
    guard rect.size.columns >= 2, rect.size.rows >= 2 else { return rect.inset(by: 1) }
    let (left, top) = (rect.origin.column, rect.origin.row)
    let (right, bottom) = (left + rect.size.columns - 1, top + rect.size.rows - 1)
    for column in visible(left...right, size.columns) {
      self[Position(column: column, row: top)] = Cell(pen.horizontal, style)
      self[Position(column: column, row: bottom)] = Cell(pen.horizontal, style)
    }
    for row in visible(top...bottom, size.rows) {
      self[Position(column: left, row: row)] = Cell(pen.vertical, style)
      self[Position(column: right, row: row)] = Cell(pen.vertical, style)
    }
    self[rect.origin] = Cell(pen.topLeft, style)
    self[Position(column: right, row: top)] = Cell(pen.topRight, style)
    self[Position(column: left, row: bottom)] = Cell(pen.bottomLeft, style)
    self[Position(column: right, row: bottom)] = Cell(pen.bottomRight, style)
    writeTitle(title, note: note, in: rect, isFocused: isFocused)
    return rect.inset(by: 1)
  }

  /// The note is shortened in favour of the title.
  private mutating func writeTitle(_ title: String, note: String, in rect: Rect, isFocused: Bool) {
    let space = rect.size.columns - 4
    guard space > 2 else { return }
    let start = Position(column: rect.origin.column + 2, row: rect.origin.row)
    let text = isPlain && isFocused ? "* " + title : title
    let bold: Attributes = isFocused ? .bold : []
    let used =
      text.isEmpty
      ? 0
      : write(
        " " + text + " ", at: start, style: Style(.title, bold), maxColumns: space,
        hasEllipsis: true)
    let edge = Position(column: rect.origin.column + rect.size.columns - 2, row: rect.origin.row)
    if !note.isEmpty, DisplaySafe.columns(of: note, isPlain: isPlain) + 3 <= space - used {
      write(" " + note + " ", endingBefore: edge, style: Style(.dim))
    }
  }

  /// The visible part of a list or text, on the right of a box's lower border: `6-23 of 41`;
  /// nothing if all of it is visible.
  public mutating func scrollMark(_ visible: Range<Int>, of count: Int, in box: Rect) {
    guard visible.count < count, box.size.columns > 8, box.size.rows > 1 else { return }
    let last = visible.upperBound
    let shown = visible.count > 1 ? "\(visible.lowerBound + 1)-\(last)" : "\(last)"
    writeMark([" \(shown) of \(count) ", " \(shown) "], in: box)
  }

  /// How many lines a box shows, without their place: `3 of 26`; nothing if it shows all.
  public mutating func cutMark(_ shown: Int, of count: Int, in box: Rect) {
    guard shown < count, box.size.columns > 8, box.size.rows > 1 else { return }
    writeMark([" \(shown) of \(count) ", isPlain ? " ... " : " … "], in: box)
  }

  /// The longest text that fits into the lower border.
  private mutating func writeMark(_ texts: [String], in box: Rect) {
    let edge = Position(
      column: box.origin.column + box.size.columns - 2, row: box.origin.row + box.size.rows - 1)
    guard let text = texts.first(where: { $0.count <= box.size.columns - 4 }) else { return }
    write(text, endingBefore: edge, style: Style(.dim))
  }

  @discardableResult
  mutating func write(
    _ glyphs: [Glyph], at position: Position, style: Style, _ maxColumns: Int
  ) -> Int {
    var used = 0
    for glyph in glyphs {
      let (column, overflow) = position.column.addingReportingOverflow(used)
      guard !overflow, glyph.columns <= maxColumns - used, column <= size.columns - glyph.columns
      else { break }
      let shown = glyph.isMark && style.role == .text ? Style(.mark, style.attributes) : style
      put(glyph, at: Position(column: column, row: position.row), style: shown)
      used += glyph.columns
    }
    return used
  }

  /// The cells of a rectangle that are inside the frame.
  func visiblePositions(in rect: Rect) -> [Position] {
    let area = rect.intersection(bounds)
    return (0..<area.size.rows).flatMap { row in
      (0..<area.size.columns).map { column in
        Position(column: area.origin.column + column, row: area.origin.row + row)
      }
    }
  }

  private func visible(_ range: ClosedRange<Int>, _ limit: Int) -> Range<Int> {
    let low = min(max(0, range.lowerBound), limit)
    return low..<max(low, min(limit, range.upperBound + 1))
  }
}

extension [Glyph] {
  /// The first glyphs that take at most this many columns, without a number that the following
  /// ellipsis would make look like another number.
  fileprivate func fitting(columns: Int) -> ArraySlice<Glyph> {
    var (end, used) = (0, 0)
    while end < count, used + self[end].columns <= columns {
      used += self[end].columns
      end += 1
    }
    while end > 0 {
      if self[end - 1].isOfNumber {
        end -= 1
      } else if self[end - 1].text == " ", end < 2 || !self[end - 2].isOfNumber {
        end -= 1
      } else {
        break
      }
    }
    return prefix(end)
  }
}

extension Glyph {
  fileprivate var isOfNumber: Bool {
    text.utf8.count == 1 && (text >= "0" && text <= "9" || [".", ",", "+", "-"].contains(text))
  }
}

extension Rect {
  /// Smaller by `cells` on every side, never negative.
  public func inset(by cells: Int) -> Rect { inset(columns: cells, rows: cells) }

  public func inset(columns: Int, rows: Int) -> Rect {
    Rect(
      column: origin.column + columns, row: origin.row + rows,
      columns: size.columns - 2 * columns, rows: size.rows - 2 * rows)
  }

  public func intersection(_ other: Rect) -> Rect {
    let left = max(origin.column, other.origin.column)
    let top = max(origin.row, other.origin.row)
    return Rect(
      column: left, row: top,
      columns: min(origin.column + size.columns, other.origin.column + other.size.columns) - left,
      rows: min(origin.row + size.rows, other.origin.row + other.size.rows) - top)
  }
}

private struct BorderPen {
  let topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical: String

  static let rounded = BorderPen(
    topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─",
    vertical: "│")
  static let heavy = BorderPen(
    topLeft: "┏", topRight: "┓", bottomLeft: "┗", bottomRight: "┛", horizontal: "━",
    vertical: "┃")
  /// A screen reader should not read lines aloud.
  static let plain = BorderPen(
    topLeft: " ", topRight: " ", bottomLeft: " ", bottomRight: " ", horizontal: " ", vertical: " ")
}
