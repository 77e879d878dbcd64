internal import Molecules
internal import TerminalUI

/// A molecule at one size: the cell of each atom and of each letter, in cells of an endless plane.
struct CellLayout {
  /// Columns that a bond of length 1 is long.
  let scale: Float
  let depiction: Depiction
  /// Where each atom stands, no two in the same cell.
  private(set) var atoms: [Position] = []
  /// What is written at each atom; nil where nothing is.
  private(set) var labels: [[LabelPlacement.Part]?] = []
  /// Whose letter or place a cell is.
  private(set) var owners: CellOwners

  /// Around the places of the atoms: room for letters, and for atoms that stand side by side.
  private static let margin = (columns: 8, rows: 3)

  init(_ lettering: Lettering, scale: Float) {
    self.init(at: scale, lettering)
    _ = letter(lettering, mayCrowd: true)
  }

  /// Nil where it does not fit into a rectangle of cells, or hydrogens found no place that is free.
  fileprivate init?(_ lettering: Lettering, scale: Float, in size: Size) {
    self.init(at: scale, lettering)
    guard fits(size), letter(lettering, mayCrowd: false), fits(size) else { return nil }
  }

  /// The atoms alone.
  private init(at scale: Float, _ lettering: Lettering) {
    depiction = lettering.depiction
    self.scale = scale
    let first = Self.cell(of: lettering.topLeft, scale)
    let last = Self.cell(of: lettering.bottomRight, scale)
    owners = CellOwners(
      around: Rect(
        column: first.column - Self.margin.columns, row: first.row - Self.margin.rows,
        columns: last.column - first.column + 1 + 2 * Self.margin.columns,
        rows: last.row - first.row + 1 + 2 * Self.margin.rows))
    place()
  }

  /// The cells from the first to the last that any atom or letter has.
  var bounds: Rect { owners.bounds }

  private func fits(_ size: Size) -> Bool {
    bounds.size.columns <= size.columns && bounds.size.rows <= size.rows
  }

  /// Cells of an atom are half as wide as high, so that a unit is `scale` columns or half as many rows.
  private static func cell(of point: Depiction.Point, _ scale: Float) -> Position {
    Position(
      column: Int((point.x * scale).rounded(.down)), row: Int((-point.y * scale / 2).rounded(.down))
    )
  }

  private mutating func place() {
    atoms.reserveCapacity(depiction.points.count)
    for (atom, point) in depiction.points.enumerated() {
      let wanted = Self.cell(of: point, scale)
      let cell = owners[wanted] == nil ? wanted : nearestFree(to: wanted)
      owners[cell] = atom
      atoms.append(cell)
    }
  }

  /// Atoms that the drawing puts on top of each other are set side by side.
  private func nearestFree(to cell: Position) -> Position {
    var distance = 1
    while true {
      for row in -distance...distance {
        for column in -distance...distance where max(abs(row), abs(column)) == distance {
          let next = Position(column: cell.column + column, row: cell.row + row)
          if owners[next] == nil { return next }
        }
      }
      distance += 1
    }
  }

  /// - Parameter mayCrowd: letters that find no place that is free are shortened to what must be said.
  /// - Returns: false where that would be needed and may not be done.
  private mutating func letter(_ lettering: Lettering, mayCrowd: Bool) -> Bool {
    labels = Array(repeating: nil, count: atoms.count)
    for entry in lettering.entries {
      let atom = entry.atom
      let free = entry.choices.first { isFree($0, for: atom) }
      guard let parts = free ?? (mayCrowd ? entry.shortest : nil) else { return false }
      labels[atom] = parts
      for part in parts {
        for cell in part.cells(around: atoms[atom]) where owners[cell] == nil {
          owners[cell] = atom
        }
      }
    }
    return true
  }

  /// Neither another's cell, nor next to another's letters in the same row.
  private func isFree(_ parts: [LabelPlacement.Part], for atom: Int) -> Bool {
    for part in parts where part.columns > 0 {
      let first = atoms[atom].column + part.column
      let end = first + part.columns
      for column in first - 1...end {
        let cell = Position(column: column, row: atoms[atom].row + part.row)
        guard let owner = owners[cell], owner != atom else { continue }
        if column >= first && column < end || labels[owner] != nil { return false }
      }
    }
    return true
  }
}

extension CellLayout {
  /// Columns a bond: below the first, letters of neighbours touch.
  static let scales: ClosedRange<Float> = 3...12
  /// What one pans over where the whole does not fit.
  static let panned: Float = 5

  /// The largest that fits; nil where none does.
  static func fitting(_ lettering: Lettering, in size: Size) -> CellLayout? {
    let width = max(lettering.bottomRight.x - lettering.topLeft.x, 0.01)
    let height = max(lettering.topLeft.y - lettering.bottomRight.y, 0.01)
    let most = min(
      Float(size.columns) / width, Float(2 * size.rows) / height, scales.upperBound)
    var scale = (most * 2).rounded(.down) / 2
    while scale >= scales.lowerBound {
      if let layout = CellLayout(lettering, scale: scale, in: size) { return layout }
      scale -= 0.5
    }
    return nil
  }
}
