public import Molecules
public import TerminalUI

/// A molecule laid out in a rectangle of cells: bonds in braille, letters where chemists write them.
///
/// The largest size that fits is taken; where none fits, a part of the drawing is seen, and `View` moves it.
/// Letters are never cut: what does not fit whole is left out at the edge.
public struct MoleculeCells: Sendable {
  /// Which part of the drawing is seen, and how large.
  public struct View: Sendable, Hashable {
    /// Times the size that fits.
    public var zoom: Float
    /// By how many cells the drawing is moved, to the right and down.
    public var columns: Int
    public var rows: Int

    public init(zoom: Float = 1, columns: Int = 0, rows: Int = 0) {
      self.zoom = zoom
      self.columns = columns
      self.rows = rows
    }
  }

  public let depiction: Depiction
  public let size: Size
  /// The whole molecule is seen.
  public let isWhole: Bool
  /// Bonds are drawn with `- | / \ = #`, for terminals without braille.
  let isASCII: Bool
  let layout: CellLayout
  /// From the layout's cells to those of the rectangle.
  let offset: Position

  /// - Parameter isASCII: for plain frames and the Linux console, whose fonts have no braille.
  public init(_ depiction: Depiction, in size: Size, view: View = View(), isASCII: Bool = false) {
    let layout = CellLayout.kept(
      of: depiction, in: size, zoom: view.zoom.isFinite ? view.zoom : 1, isASCII: isASCII)
    let bounds = layout.bounds
    let middle = Position(
      column: (size.columns - bounds.size.columns) / 2 - bounds.origin.column,
      row: (size.rows - bounds.size.rows) / 2 - bounds.origin.row)
    let limit = 1 << 20
    offset = Position(
      column: middle.column + min(max(view.columns, -limit), limit),
      row: middle.row + min(max(view.rows, -limit), limit))
    self.depiction = depiction
    self.size = size
    self.isASCII = isASCII
    self.layout = layout
    let (column, row) = (bounds.origin.column + offset.column, bounds.origin.row + offset.row)
    isWhole =
      column >= 0 && row >= 0 && column + bounds.size.columns <= size.columns
      && row + bounds.size.rows <= size.rows
  }
}

extension MoleculeCells {
  /// The cell of an atom, counted from the rectangle's top left; nil where it is not seen.
  public func position(of atom: Int) -> Position? {
    guard layout.atoms.indices.contains(atom) else { return nil }
    let position = shown(layout.atoms[atom])
    return isInside(position) ? position : nil
  }

  /// The atom whose letters stand in a cell, or whose place is nearest to it.
  /// - Parameter reach: how far it may be away, in columns, of which a row counts two; nil is anywhere.
  public func atom(nearest position: Position, reach: Float? = nil) -> Int? {
    let cell = Position(
      column: position.column - offset.column, row: position.row - offset.row)
    if let owner = layout.owners[cell] { return owner }
    func distance(_ atom: Int) -> Float {
      let (column, row) = (
        Float(layout.atoms[atom].column - cell.column), Float(layout.atoms[atom].row - cell.row)
      )
      return (column * column + 4 * row * row).squareRoot()
    }
    let nearest = layout.atoms.indices.min { distance($0) < distance($1) }
    return nearest.flatMap { distance($0) <= reach ?? .infinity ? $0 : nil }
  }

  /// How far the view has to move for an atom to be seen, with some room around it; (0, 0) where it is.
  public func move(toShow atom: Int) -> (columns: Int, rows: Int) {
    guard layout.atoms.indices.contains(atom) else { return (0, 0) }
    let position = shown(layout.atoms[atom])
    return (
      Self.move(position.column, in: size.columns, room: 4),
      Self.move(position.row, in: size.rows, room: 2)
    )
  }

  private static func move(_ place: Int, in count: Int, room: Int) -> Int {
    let room = max(0, min(room, (count - 1) / 2))
    return place < room ? room - place : min(0, count - 1 - room - place)
  }

  func shown(_ cell: Position) -> Position {
    Position(column: cell.column + offset.column, row: cell.row + offset.row)
  }

  func isInside(_ position: Position) -> Bool {
    position.column >= 0 && position.row >= 0 && position.column < size.columns
      && position.row < size.rows
  }

  /// Dots of braille from the rectangle's top left, of a point of the depiction.
  func dots(at point: Depiction.Point) -> SIMD2<Float> {
    SIMD2(
      (point.x * layout.scale + Float(offset.column)) * 2 - 0.5,
      (-point.y * layout.scale / 2 + Float(offset.row)) * 4 - 0.5)
  }

  /// Where bonds end: in the middle of the cell of what has a letter, else where the depiction has it.
  var ends: [Depiction.Point] {
    layout.atoms.indices.map { atom in
      guard layout.labels[atom] != nil else { return depiction.points[atom] }
      let cell = layout.atoms[atom]
      return Depiction.Point(
        x: (Float(cell.column) + 0.5) / layout.scale,
        y: -(Float(cell.row) + 0.5) * 2 / layout.scale)
    }
  }
}
