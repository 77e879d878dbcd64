/// A connected part of a molecule for the steps of its layout. Atoms are numbered from 0.
package struct LayoutGraph: Sendable {
  package struct Bond: Sendable {
    package let from: Int
    package let to: Int
    /// Whether it is a single bond outside of rings.
    package let isRotatable: Bool

    package init(_ from: Int, _ to: Int, isRotatable: Bool) {
      self.from = from
      self.to = to
      self.isRotatable = isRotatable
    }

    func touches(_ other: Bond) -> Bool {
      from == other.from || from == other.to || to == other.from || to == other.to
    }
  }

  /// A double bond with one neighbour of each end, and whether these are on the same side of it.
  package struct Sides: Sendable {
    package let from: Int
    package let to: Int
    package let besideFrom: Int
    package let besideTo: Int
    package let areCis: Bool

    /// The distance of the neighbours if all angles are 120 degrees.
    package var length: Float { areCis ? 2 : Float(7).squareRoot() }

    package init(from: Int, to: Int, besideFrom: Int, besideTo: Int, areCis: Bool) {
      self.from = from
      self.to = to
      self.besideFrom = besideFrom
      self.besideTo = besideTo
      self.areCis = areCis
    }
  }

  /// A ring of this many atoms or more is laid out freely, not as a regular polygon, as in
  /// CoordGen.
  package static let leastMacrocycle = 9

  package let bonds: [Bond]
  /// The smallest rings, each as atoms in cyclic order.
  package let rings: [[Int]]
  package let sides: [Sides]
  /// The neighbours of each atom.
  package let neighbors: [[Int]]
  /// An estimate of how many bonds CoordGen would open, recursively, to lay the part out.
  package private(set) var openings = 0

  package init(atoms: Int, bonds: [Bond], rings: [[Int]] = [], sides: [Sides] = []) {
    self.bonds = bonds
    self.rings = rings
    self.sides = sides
    var neighbors = [[Int]](repeating: [], count: atoms)
    for bond in bonds {
      neighbors[bond.from].append(bond.to)
      neighbors[bond.to].append(bond.from)
    }
    self.neighbors = neighbors
    openings = countedOpenings
  }

  /// In descending order of size.
  var macrocycles: [[Int]] {
    rings.filter { $0.count >= Self.leastMacrocycle }.sorted { $0.count > $1.count }
  }

  /// The smaller side of the molecule at a bond, and the end of the bond on the other side; nil for
  /// a bond in a ring.
  package func branch(behind bond: Bond) -> (root: Int, atoms: [Int])? {
    var isBehind = [Bool](repeating: false, count: neighbors.count)
    isBehind[bond.to] = true
    var behind = [bond.to]
    var next = 0
    while next < behind.count {
      let atom = behind[next]
      next += 1
      for neighbor in neighbors[atom] where !isBehind[neighbor] {
        if neighbor == bond.from {
          guard atom == bond.to else { return nil }
          continue
        }
        isBehind[neighbor] = true
        behind.append(neighbor)
      }
    }
    if 2 * behind.count <= neighbors.count { return (bond.from, behind) }
    return (bond.to, neighbors.indices.filter { !isBehind[$0] })
  }
}
