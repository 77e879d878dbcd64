/// A position on the screen, in cells from the top left, starting at 0.
public struct Position: Sendable, Hashable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

public struct Size: Sendable, Hashable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A rectangle of cells.
public struct Rect: Sendable, Hashable {
  public var origin: Position
  public var size: Size

  public init(column: Int, row: Int, columns: Int, rows: Int) {
    origin = Position(column: column, row: row)
    size = Size(columns: max(0, columns), rows: max(0, rows))
  }

  public func contains(_ position: Position) -> Bool {
    position.column >= origin.column && position.column < origin.column + size.columns
      && position.row >= origin.row && position.row < origin.row + size.rows
  }
}
