internal import Molecules
internal import TerminalUI

/// A molecule at one size: the cells of each atom and of each letter, in an infinite plane of
/// cells.
struct CellLayout {
  /// The length in columns of a bond of length 1.
  let scale: Float
  let depiction: Depiction
  /// The cell of each atom; no two atoms have the same cell.
  private(set) var atoms: [Position] = []
  /// The label of each atom; nil if it has none.
  private(set) var labels: [[LabelPlacement.Part]?] = []
  /// The atom to which a cell belongs.
  private(set) var owners: CellOwners

  /// The margin around the atoms: space for letters, and for atoms that were moved apart.
  private static let margin = (columns: 8, rows: 3)

  init(_ lettering: Lettering, scale: Float) {
    self.init(at: scale, lettering)
    _ = letter(lettering, mayCrowd: true)
  }

  /// nil if it does not fit into a rectangle of cells, or if there is no free space for hydrogens.
  fileprivate init?(_ lettering: Lettering, scale: Float, in size: Size) {
    self.init(at: scale, lettering)
    guard fits(size), letter(lettering, mayCrowd: false), fits(size) else { return nil }
  }

  /// The atoms without labels.
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

  /// The smallest rectangle with all cells of atoms and letters.
  var bounds: Rect { owners.bounds }

  private func fits(_ size: Size) -> Bool {
    bounds.size.columns <= size.columns && bounds.size.rows <= size.rows
  }

  /// A cell is half as wide as it is high, so that a length of 1 is `scale` columns or half as many
  /// rows.
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

  /// The closest free cell, for atoms that the drawing places on top of each other.
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

  /// - Parameter mayCrowd: whether labels without free space are shortened to the necessary
  ///   letters.
  /// - Returns: false if labels would have to be shortened but must not be.
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

  /// Whether the letters are neither in a cell of another atom nor next to its letters in the same
  /// row.
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
  /// Columns per bond: with fewer than the first, the letters of neighbours touch.
  static let scales: ClosedRange<Float> = 3...12
  /// The scale of a molecule that does not fit and is panned instead.
  static let panned: Float = 5

  /// The largest layout that fits; nil if none does.
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
