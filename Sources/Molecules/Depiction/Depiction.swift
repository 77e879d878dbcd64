/// A molecule drawn in the plane: the coordinates of each atom and the form of each bond. A bond
/// has a length of about 1; y points up.
public struct Depiction: Sendable, Hashable {
  public struct Point: Sendable, Hashable {
    public var x: Float
    public var y: Float

    public init(x: Float, y: Float) {
      self.x = x
      self.y = y
    }
  }

  public let molecule: Molecule
  /// One per atom.
  public let points: [Point]
  /// One per bond.
  public let bonds: [BondForm]

  /// The number of atoms in the largest part that is drawn; larger ones take CoordGen too long.
  public static let atomLimit = 250

  /// Lays the molecule out with CoordGen, with its parts side by side from left to right.
  ///
  /// With an earlier drawing, the shape and the orientation are kept: CoordGen is told the earlier
  /// coordinates, and each part is then rotated onto the atoms that both drawings have in common,
  /// and mirrored only if that fits better. The common atoms are found in the texts: what precedes
  /// and follows the range in which the two texts differ is the same.
  /// - Throws: `DepictionRefusal`.
  public init(of molecule: Molecule, near previous: Depiction? = nil) throws(DepictionRefusal) {
    let kept = previous.map { CommonAtoms(of: molecule, and: $0) }
    try self.init(of: molecule, kept) { (atoms) throws(DepictionRefusal) in
      var budget = LayoutBudget.unlimited
      return try Self.layout(of: atoms, in: molecule, near: kept, within: &budget)
    }
  }

  /// - Parameter layout: the coordinates of a part, from its atoms.
  init(
    of molecule: Molecule, _ kept: CommonAtoms?,
    layout: ([Int]) throws(DepictionRefusal) -> [Point]
  ) throws(DepictionRefusal) {
    guard !molecule.atoms.isEmpty else { throw .noAtoms }
    let components = molecule.components
    guard components.count <= Self.atomLimit else {
      throw .tooManyParts(components.count, limit: Self.atomLimit)
    }
    var row = Row()
    for atoms in components {
      let places = try layout(atoms)
      row.append(kept?.aligned(places, of: atoms) ?? places, of: atoms)
    }
    var points = row.points
    if let kept { points = kept.moved(points) }
    self.molecule = molecule
    self.points = points
    bonds = BondForm.forms(of: molecule, at: points)
  }

  /// The parts from left to right, in the order of the text.
  private struct Row {
    private(set) var points: [Point] = []
    private var right: Float = 0

    mutating func append(_ layout: [Point], of atoms: [Int]) {
      let (xs, ys) = (layout.map(\.x), layout.map(\.y))
      let left = xs.min() ?? 0
      let middle = ((ys.min() ?? 0) + (ys.max() ?? 0)) / 2
      let start = points.isEmpty ? 0 : right + 1.5
      if let last = atoms.last, last >= points.count {
        points += Array(repeating: Point(x: 0, y: 0), count: last + 1 - points.count)
      }
      for (atom, point) in zip(atoms, layout) {
        points[atom] = Point(x: point.x - left + start, y: point.y - middle)
      }
      right = start + (xs.max() ?? 0) - left
    }
  }
}

/// The reason why a molecule is not drawn.
public enum DepictionRefusal: Error, Sendable, Hashable {
  case noAtoms
  /// A connected part has too many atoms.
  case tooManyAtoms(Int, limit: Int)
  case tooManyParts(Int, limit: Int)
  /// An atom with more neighbours than can be placed around it.
  case tooManyNeighbors(atom: Int, count: Int, limit: Int)
  /// Rings that share too many bonds to be drawn in the plane.
  case tooManyRings(Int, limit: Int)
  /// CoordGen found no layout.
  case noLayout
}
