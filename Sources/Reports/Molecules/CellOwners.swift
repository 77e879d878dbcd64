internal import TerminalUI

/// The atom to which each cell of an infinite plane belongs: a table for the cells around the
/// drawing, which are used most, and a dictionary for the others.
struct CellOwners {
  private let table: Rect
  /// Row-major; -1 for a cell without an owner.
  private var owned: [Int32]
  private var beyond: [Position: Int] = [:]
  private var topLeft = Position(column: .max, row: .max)
  private var bottomRight = Position(column: .min, row: .min)

  /// The most cells in the table; an enlarged drawing has too many to initialise each time.
  private static let mostCells = 1 << 16

  /// - Parameter table: a rectangle that contains most of the cells.
  init(around table: Rect) {
    let cells = table.size.columns.multipliedReportingOverflow(by: table.size.rows)
    let isSmall = !cells.overflow && (0...Self.mostCells).contains(cells.partialValue)
    self.table = isSmall ? table : Rect(column: 0, row: 0, columns: 0, rows: 0)
    owned = [Int32](repeating: -1, count: isSmall ? cells.partialValue : 0)
  }

  /// Setting nil has no effect, because cells are never released.
  subscript(cell: Position) -> Int? {
    get {
      guard let index = index(of: cell) else { return beyond.isEmpty ? nil : beyond[cell] }
      let owner = owned[index]
      return owner < 0 ? nil : Int(owner)
    }
    set {
      guard let newValue else { return }
      if let index = index(of: cell) {
        owned[index] = Int32(newValue)
      } else {
        beyond[cell] = newValue
      }
      topLeft = Position(
        column: min(topLeft.column, cell.column), row: min(topLeft.row, cell.row))
      bottomRight = Position(
        column: max(bottomRight.column, cell.column), row: max(bottomRight.row, cell.row))
    }
  }

  /// The smallest rectangle with all cells that have an owner.
  var bounds: Rect {
    guard topLeft.column <= bottomRight.column else {
      return Rect(column: 0, row: 0, columns: 0, rows: 0)
    }
    return Rect(
      column: topLeft.column, row: topLeft.row, columns: bottomRight.column - topLeft.column + 1,
      rows: bottomRight.row - topLeft.row + 1)
  }

  private func index(of cell: Position) -> Int? {
    let (column, row) = (cell.column - table.origin.column, cell.row - table.origin.row)
    guard column >= 0, row >= 0, column < table.size.columns, row < table.size.rows else {
      return nil
    }
    return row * table.size.columns + column
  }
}
