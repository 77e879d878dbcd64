/// How a bond is drawn.
public struct BondForm: Sendable, Hashable {
  /// The side of the second line of a double bond, seen from `from` to `to`.
  public enum Side: Sendable, Hashable {
    /// One line on each side of the line between the atoms, as in C=O.
    case middle
    case left
    case right
  }

  public enum Wedge: Sendable, Hashable {
    /// Towards the reader.
    case solid
    /// Away from the reader.
    case hashed
  }

  public var side = Side.middle
  public var wedge: Wedge?
  /// The atom at the narrow end of the wedge: the stereocenter.
  public var narrowEnd: Int?

  static func forms(of molecule: Molecule, at points: [Depiction.Point]) -> [BondForm] {
    var forms = [BondForm](repeating: BondForm(), count: molecule.bonds.count)
    let sides = DoubleBondSides(of: molecule, at: points)
    for index in molecule.bonds.indices where molecule.bonds[index].order == 2 {
      forms[index].side = sides[index]
    }
    for center in molecule.atoms.indices {
      guard let (bond, wedge) = Stereocenter(center, in: molecule)?.wedge(points, forms) else {
        continue
      }
      forms[bond].wedge = wedge
      forms[bond].narrowEnd = center
    }
    return forms
  }
}

/// The side on which a double bond has its second line: the inside of a ring, otherwise the side
/// with more neighbours.
private struct DoubleBondSides {
  private let molecule: Molecule
  private let points: [Depiction.Point]
  /// The ring in whose inside a bond's second line is drawn.
  private var rings: [Int: [Int]] = [:]

  init(of molecule: Molecule, at points: [Depiction.Point]) {
    self.molecule = molecule
    self.points = points
    // The last ring takes precedence: an aromatic ring over others, a small ring over a large one.
    let isAromatic = { (ring: [Int]) in ring.allSatisfy { molecule.atoms[$0].isAromatic } }
    let order = molecule.rings.filter { !isAromatic($0) } + molecule.rings.filter(isAromatic)
    for ring in order {
      for bond in molecule.bonds(ofRing: ring) {
        let isBetter = rings[bond].map {
          isAromatic(ring) != isAromatic($0) || ring.count < $0.count
        }
        if isBetter ?? true { rings[bond] = ring }
      }
    }
  }

  subscript(index: Int) -> BondForm.Side {
    let bond = molecule.bonds[index]
    if let ring = rings[index] {
      return side(of: middle(of: ring), bond)
    }
    let (from, to) = (neighbors(bond.from, except: index), neighbors(bond.to, except: index))
    let isEnd = from.isEmpty || to.isEmpty
    // C=O with two more neighbours, and O=O, are symmetric.
    if isEnd && from.count + to.count != 1 { return .middle }
    let sides = (from + to).map { side(of: points[$0], bond) }
    let left = sides.filter { $0 == .left }.count
    return 2 * left > sides.count || 2 * left == sides.count && sides.first == .left
      ? .left : .right
  }

  private func neighbors(_ atom: Int, except bond: Int) -> [Int] {
    molecule.bonds(of: atom).filter { $0 != bond }.map { molecule.bonds[$0].other(than: atom) }
  }

  private func middle(of ring: [Int]) -> Depiction.Point {
    let count = Float(ring.count)
    return .init(
      x: ring.reduce(0) { $0 + points[$1].x } / count,
      y: ring.reduce(0) { $0 + points[$1].y } / count)
  }

  private func side(of point: Depiction.Point, _ bond: Bond) -> BondForm.Side {
    let (from, to) = (points[bond.from], points[bond.to])
    let cross = (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
    return cross > 0 ? .left : .right
  }
}
