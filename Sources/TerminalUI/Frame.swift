/// One cell: a cluster that terminals agree on, and what it means.
public struct Cell: Sendable, Hashable {
  /// Already safe to send: see `displaySafe`. Empty in the second half of a wide cluster.
  public var cluster: String
  public var style: Style

  public init(_ cluster: String = " ", _ style: Style = Style()) {
    self.cluster = cluster
    self.style = style
  }
}

/// A picture of the screen as a value: what a view draws and what a test looks at.
public struct Frame: Sendable, Equatable {
  public let size: Size
  /// Row after row, `rows * columns` cells.
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor is shown; nil hides it.
  public var cursor: Position?

  public init(size: Size) {
    self.size = size
    cells = [Cell](repeating: Cell(), count: max(0, size.columns * size.rows))
  }

  /// Cells outside of the frame are read as blank and written nowhere.
  public subscript(position: Position) -> Cell {
    get { isInside(position) ? cells[index(position)] : Cell() }
    set { if isInside(position) { cells[index(position)] = newValue } }
  }

  private func isInside(_ position: Position) -> Bool {
    position.column >= 0 && position.row >= 0 && position.column < size.columns
      && position.row < size.rows
  }

  private func index(_ position: Position) -> Int {
    position.row * size.columns + position.column
  }
}
