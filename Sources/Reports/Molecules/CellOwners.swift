internal import TerminalUI

/// Whose place or letter a cell is, in a plane without edges: a table for the cells around the drawing, which
/// are asked for most, and a dictionary for those beyond it.
struct CellOwners {
  private let table: Rect
  /// Row after row; -1 is nobody.
  private var owned: [Int32]
  private var beyond: [Position: Int] = [:]
  private var topLeft = Position(column: .max, row: .max)
  private var bottomRight = Position(column: .min, row: .min)

  /// Cells of a table; a drawing that was zoomed far into has too many to fill each time.
  private static let mostCells = 1 << 16

  /// - Parameter table: where most owned cells will be.
  init(around table: Rect) {
    let cells = table.size.columns.multipliedReportingOverflow(by: table.size.rows)
    let isSmall = !cells.overflow && (0...Self.mostCells).contains(cells.partialValue)
    self.table = isSmall ? table : Rect(column: 0, row: 0, columns: 0, rows: 0)
    owned = [Int32](repeating: -1, count: isSmall ? cells.partialValue : 0)
  }

  /// Setting nil is not needed, and does nothing.
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

  /// The cells from the first to the last that anybody owns.
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
