public import Molecules
public import TerminalUI

/// A molecule laid out in a rectangle of cells: bonds in braille, and the labels of atoms.
///
/// The largest size that fits is used; if none fits, part of the drawing is visible, and `View`
/// moves it. Labels are never cut: a label that is not entirely inside is left out.
public struct MoleculeCells: Sendable {
  /// Which part of the drawing is visible, and its magnification.
  public struct View: Sendable, Hashable {
    /// The factor relative to the size that fits.
    public var zoom: Float
    /// By how many cells the drawing is moved to the right and down.
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
  /// Whether the whole molecule is visible.
  public let isWhole: Bool
  /// Whether bonds are drawn with `- | / \ = #`, for terminals without braille.
  let isASCII: Bool
  let layout: CellLayout
  /// The offset from cells of the layout to cells of the rectangle.
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
  /// The cell of an atom, relative to the top left of the rectangle; nil if it is not visible.
  public func position(of atom: Int) -> Position? {
    guard layout.atoms.indices.contains(atom) else { return nil }
    let position = shown(layout.atoms[atom])
    return isInside(position) ? position : nil
  }

  /// The atom to which a cell belongs, or the closest one.
  /// - Parameter reach: the maximum distance in columns, where a row counts as two; nil for any
  ///   distance.
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

  /// By how much the view has to move to make an atom visible with a margin; (0, 0) if it is
  /// visible.
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

  /// The dots of a point of the depiction, relative to the top left of the rectangle.
  func dots(at point: Depiction.Point) -> SIMD2<Float> {
    SIMD2(
      (point.x * layout.scale + Float(offset.column)) * 2 - 0.5,
      (-point.y * layout.scale / 2 + Float(offset.row)) * 4 - 0.5)
  }

  /// Where bonds end: in the middle of the cell of an atom with a label, otherwise at the atom's
  /// coordinates.
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
