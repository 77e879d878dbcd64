/// One cell: a cluster that terminals agree on, and what it means.
public struct Cell: Sendable, Hashable {
  /// Already safe to send: see `DisplaySafe`. Empty in the second half of a wide cluster.
  public var cluster: String
  public var style: Style

  public init(_ cluster: String = " ", _ style: Style = Style()) {
    self.cluster = cluster
    self.style = style
  }
}

/// A picture of the screen as a value: what a view draws and what a test looks at.
///
/// Drawing is in `Frame+Drawing.swift` and `Frame+Charts.swift`; every call clips, none can fail.
public struct Frame: Sendable, Equatable {
  public let size: Size
  /// Borders, bars and marks keep to ASCII, for screen readers and old fonts.
  public let isPlain: Bool
  /// Keeps to what the fonts of the Linux console have.
  public let isConsole: Bool
  /// Row after row, `rows * columns` cells.
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor is shown; nil hides it.
  public var cursor: Position?

  public init(size: Size, isPlain: Bool = false, isConsole: Bool = false) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.isPlain = isPlain
    self.isConsole = isConsole
    cells = [Cell](repeating: Cell(), count: self.size.columns * self.size.rows)
  }

  public var bounds: Rect { Rect(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  /// Cells outside of the frame are read as blank and written nowhere. Writing over one half of a
  /// wide cluster blanks the other half; changing only the style of a cell leaves it whole.
  public subscript(position: Position) -> Cell {
    get { isInside(position) ? cells[index(position)] : Cell() }
    set {
      guard isInside(position) else { return }
      let index = index(position)
      if cells[index].cluster != newValue.cluster { detachHalves(at: position) }
      cells[index] = newValue
    }
  }

  /// The cells of a rectangle as a frame of its own; what is beside this frame is blank there.
  public func part(_ rect: Rect) -> Frame {
    var part = Frame(size: rect.size, isPlain: isPlain, isConsole: isConsole)
    for row in 0..<rect.size.rows {
      for column in 0..<rect.size.columns {
        let place = Position(column: rect.origin.column + column, row: rect.origin.row + row)
        part.cells[row * rect.size.columns + column] = self[place]
      }
    }
    return part
  }

  /// The columns of a row that are to be sent again where another frame of the same size is shown, in parts: what
  /// stays between two of them has another style than what stands before it, so that to write over it takes a
  /// change of style and a change back.
  public func changes(inRow row: Int, since shown: Frame) -> [Range<Int>] {
    guard size == shown.size, (0..<size.rows).contains(row) else { return [] }
    let (old, new) = (shown.cells, cells)
    let first = row * size.columns
    var parts: [Range<Int>] = []
    var staysInStyle = true
    for column in 0..<size.columns {
      let index = first + column
      if old[index] == new[index] {
        if let last = parts.last, new[index].style != new[first + last.upperBound - 1].style {
          staysInStyle = false
        }
        continue
      }
      if let last = parts.last, staysInStyle {
        parts[parts.count - 1] = last.lowerBound..<column + 1
      } else {
        parts.append(column..<column + 1)
      }
      staysInStyle = true
    }
    return parts.map { part in
      var (low, high) = (part.lowerBound, part.upperBound)
      // both halves of a wide cluster
      while low > 0, new[first + low].cluster.isEmpty { low -= 1 }
      while high < size.columns, new[first + high].cluster.isEmpty { high += 1 }
      return low..<high
    }
  }

  /// Puts a glyph with its second half, if both are inside; else blanks where it would have been.
  mutating func put(_ glyph: Glyph, at position: Position, style: Style) {
    let second = Position(column: position.column + 1, row: position.row)
    guard glyph.columns == 2 else {
      self[position] = Cell(isConsole ? ConsoleFont.shown(glyph.text) : glyph.text, style)
      return
    }
    guard isInside(position), isInside(second) else {
      self[position] = Cell(" ", style)
      self[second] = Cell(" ", style)
      return
    }
    self[position] = Cell(" ", style)
    self[second] = Cell(" ", style)
    cells[index(position)].cluster = glyph.text
    cells[index(second)].cluster = ""
  }

  private mutating func detachHalves(at position: Position) {
    let index = index(position)
    if cells[index].cluster.isEmpty, position.column > 0 {
      cells[index - 1].cluster = " "
    } else if position.column + 1 < size.columns, cells[index + 1].cluster.isEmpty {
      cells[index + 1].cluster = " "
    }
  }

  private func isInside(_ position: Position) -> Bool {
    position.column >= 0 && position.row >= 0 && position.column < size.columns
      && position.row < size.rows
  }

  private func index(_ position: Position) -> Int {
    position.row * size.columns + position.column
  }
}
