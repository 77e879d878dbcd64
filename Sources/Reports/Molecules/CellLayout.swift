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
  private(set) var owners: [Position: Int] = [:]
  /// Hydrogens found no place that is free.
  private(set) var isCrowded = false
  /// The cells from the first to the last that any atom or letter has.
  private(set) var bounds = Rect(column: 0, row: 0, columns: 0, rows: 0)

  init(_ depiction: Depiction, scale: Float, isASCII: Bool) {
    self.depiction = depiction
    self.scale = scale
    place()
    letter(isASCII)
    measure()
  }

  /// Cells of an atom are half as wide as high, so that a unit is `scale` columns or half as many rows.
  private func cell(of point: Depiction.Point) -> Position {
    Position(
      column: Int((point.x * scale).rounded(.down)), row: Int((-point.y * scale / 2).rounded(.down))
    )
  }

  private mutating func place() {
    atoms.reserveCapacity(depiction.points.count)
    for (atom, point) in depiction.points.enumerated() {
      let wanted = cell(of: point)
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

  private mutating func letter(_ isASCII: Bool) {
    let molecule = depiction.molecule
    labels = Array(repeating: nil, count: atoms.count)
    // Long labels first: they have the fewest places.
    let texts = atoms.indices.compactMap { atom in
      AtomLabel(atom, of: molecule).map { (atom: atom, label: $0) }
    }
    for (atom, label) in texts.sorted(by: { $0.label.hydrogens > $1.label.hydrogens }) {
      let directions = molecule.neighbors(of: atom).map { direction(from: atom, to: $0) }
      let placement = LabelPlacement(label, directions: directions, isASCII: isASCII)
      let free = placement.choices.first { isFree($0, for: atom) }
      if free == nil { isCrowded = true }
      let parts =
        free ?? [.init(column: 0, row: 0, text: label.symbol + label.chargeText(isASCII: isASCII))]
      labels[atom] = parts
      for cell in parts.flatMap({ $0.cells(around: atoms[atom]) }) where owners[cell] == nil {
        owners[cell] = atom
      }
    }
  }

  private func direction(from atom: Int, to other: Int) -> SIMD2<Float> {
    let way = depiction.points[other].vector - depiction.points[atom].vector
    return way / max((way * way).sum().squareRoot(), 1e-6)
  }

  /// Neither another's cell, nor next to another's letters in the same row.
  private func isFree(_ parts: [LabelPlacement.Part], for atom: Int) -> Bool {
    parts.allSatisfy { part in
      let cells = part.cells(around: atoms[atom])
      guard let first = cells.first, let last = cells.last else { return true }
      return (first.column - 1...last.column + 1).allSatisfy { column in
        guard let owner = owners[Position(column: column, row: first.row)] else { return true }
        let isInside = column >= first.column && column <= last.column
        return owner == atom || !isInside && labels[owner] == nil
      }
    }
  }

  private mutating func measure() {
    let (columns, rows) = (owners.keys.map(\.column), owners.keys.map(\.row))
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(),
      let bottom = rows.max()
    else { return }
    bounds = Rect(column: left, row: top, columns: right - left + 1, rows: bottom - top + 1)
  }
}

extension CellLayout {
  /// Columns a bond: below the first, letters of neighbours touch.
  static let scales: ClosedRange<Float> = 3...12
  /// What one pans over where the whole does not fit.
  private static let panned: Float = 5

  /// The largest that fits; where none does, one to pan over.
  static func fitting(
    _ depiction: Depiction, in size: Size, isASCII: Bool
  ) -> (layout: CellLayout, isWhole: Bool) {
    let (xs, ys) = (depiction.points.map(\.x), depiction.points.map(\.y))
    let width = max((xs.max() ?? 0) - (xs.min() ?? 0), 0.01)
    let height = max((ys.max() ?? 0) - (ys.min() ?? 0), 0.01)
    let most = min(
      Float(size.columns) / width, Float(2 * size.rows) / height, scales.upperBound)
    var scale = (most * 2).rounded(.down) / 2
    while scale >= scales.lowerBound {
      let layout = CellLayout(depiction, scale: scale, isASCII: isASCII)
      let fits =
        layout.bounds.size.columns <= size.columns && layout.bounds.size.rows <= size.rows
      if fits, !layout.isCrowded { return (layout, true) }
      scale -= 0.5
    }
    return (CellLayout(depiction, scale: panned, isASCII: isASCII), false)
  }
}
