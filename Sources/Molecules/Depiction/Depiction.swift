/// A molecule drawn in the plane: a place for each atom and the form of each bond. A bond is about 1
/// long; y points up.
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
  /// One an atom.
  public let points: [Point]
  /// One a bond.
  public let bonds: [BondForm]

  /// The largest part that is drawn, in atoms; larger ones take CoordGen too long.
  public static let atomLimit = 250

  /// Lays the molecule out with CoordGen, parts side by side from left to right.
  ///
  /// A drawing near another one keeps its shape and its turn: CoordGen is told where atoms were, and
  /// each part is then rotated onto the atoms that both have, and
  /// mirrored only where that fits better. Which atoms those are is told by the text: what stands
  /// before and after the place where the two texts differ is the same.
  /// - Throws: `DepictionRefusal`.
  public init(of molecule: Molecule, near previous: Depiction? = nil) throws(DepictionRefusal) {
    let kept = previous.map { CommonAtoms(of: molecule, and: $0) }
    try self.init(of: molecule, kept) { (atoms) throws(DepictionRefusal) in
      var work = LayoutWork.unlimited
      return try Self.layout(of: atoms, in: molecule, near: kept, within: &work)
    }
  }

  /// - Parameter layout: the places of a part, by its atoms.
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

  /// Parts from left to right, in the order of the text.
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

/// Why a molecule is not drawn.
public enum DepictionRefusal: Error, Sendable, Hashable {
  case noAtoms
  /// A part that hangs together has more atoms than are drawn.
  case tooManyAtoms(Int, limit: Int)
  case tooManyParts(Int, limit: Int)
  /// An atom with more neighbours than can be placed around it.
  case tooManyNeighbors(atom: Int, count: Int, limit: Int)
  /// Rings that share too many bonds to be laid flat.
  case tooManyRings(Int, limit: Int)
  /// CoordGen found no places.
  case noLayout
}
