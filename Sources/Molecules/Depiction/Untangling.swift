/// Takes atoms off each other in a layout with ideal angles, by flips: one side of a single bond is mirrored on
/// the bond's line, which keeps all lengths and angles, and which side of a double bond a neighbour is on.
///
/// The flip that helps most comes first, of those between two atoms that stand too near (Helson 1999, Structure
/// Diagram Generation, Reviews in Computational Chemistry 13, doi:10.1002/9780470125908.ch6, section "Collision
/// resolution"). A round looks at each pair of atoms, and for each of the flips at the pairs that it changes: a
/// peptide of 185 atoms needs two million, milliseconds where a force field takes a tenth of a second.
package struct Untangling {
  package struct Bond: Sendable {
    package let from: Int
    package let to: Int
    /// A single bond in no ring.
    package let isRotatable: Bool

    package init(_ from: Int, _ to: Int, isRotatable: Bool) {
      (self.from, self.to, self.isRotatable) = (from, to, isRotatable)
    }
  }

  /// One an atom, a bond about 1 long.
  package private(set) var points: [SIMD2<Float>]
  private let bonds: [Bond]
  private let neighbors: [[Int]]
  private let flips: [Flip]

  /// A bond, and the atoms of its smaller side without those on its line.
  fileprivate struct Flip {
    let bond: Bond
    let moved: [Int]
    let others: [Int]
    let isMoved: [Bool]
  }

  /// Atoms without a bond between them that are nearer are moved apart if that can be.
  private static let room: Float = 0.9
  /// Nearer than that they may not stay; as no bond is longer than 1.25, none then stands on a bond either.
  private static let leastRoom: Float = 0.75
  private static let lengths: ClosedRange<Float> = 0.8...1.25
  /// More than any layout that comes out well needs.
  private static let mostFlips = 40

  package init(_ points: [SIMD2<Float>], _ bonds: [Bond]) {
    self.points = points
    self.bonds = bonds
    var neighbors = [[Int]](repeating: [], count: points.count)
    for bond in bonds {
      neighbors[bond.from].append(bond.to)
      neighbors[bond.to].append(bond.from)
    }
    self.neighbors = neighbors
    flips = bonds.filter(\.isRotatable).compactMap { Flip($0, neighbors) }
  }

  /// - Returns: whether the layout reads well now: no atom on another or on another's bond, no bonds that
  ///   cross, none too long or too short.
  package mutating func resolve() -> Bool {
    for _ in 0..<Self.mostFlips {
      let collisions = collisions
      guard !collisions.isEmpty, let flip = bestFlip(against: collisions) else { break }
      for (atom, point) in zip(flip.moved, mirrored(flip)) { points[atom] = point }
    }
    return isClear
  }

  // MARK: Flips

  private var collisions: [(Int, Int)] {
    var found: [(Int, Int)] = []
    for atom in points.indices {
      for other in 0..<atom where isNearer(points[atom], points[other], Self.room) {
        if !neighbors[atom].contains(other) { found.append((atom, other)) }
      }
    }
    return found
  }

  private func bestFlip(against collisions: [(Int, Int)]) -> Flip? {
    var best: (flip: Flip, gain: Float)?
    for flip in flips where collisions.contains(where: { flip.isMoved[$0] != flip.isMoved[$1] }) {
      let before = crowding(flip.moved.map { points[$0] }, flip.others)
      let gain = before - crowding(mirrored(flip), flip.others)
      if gain > best?.gain ?? 1e-3 { best = (flip, gain) }
    }
    return best?.flip
  }

  private func mirrored(_ flip: Flip) -> [SIMD2<Float>] {
    let start = points[flip.bond.from]
    let way = points[flip.bond.to] - start
    let square = max((way * way).sum(), 1e-6)
    return flip.moved.map { atom in
      let foot = start + way * (((points[atom] - start) * way).sum() / square)
      return 2 * foot - points[atom]
    }
  }

  /// How much room atoms lack beside others.
  private func crowding(_ moved: [SIMD2<Float>], _ others: [Int]) -> Float {
    var sum: Float = 0
    for point in moved {
      for other in others {
        let way = point - points[other]
        let square = (way * way).sum()
        if square < Self.room * Self.room { sum += Self.room - square.squareRoot() }
      }
    }
    return sum
  }

  private func isNearer(_ one: SIMD2<Float>, _ other: SIMD2<Float>, _ distance: Float) -> Bool {
    let way = one - other
    return (way * way).sum() < distance * distance
  }

  // MARK: What reads well

  private var isClear: Bool {
    for atom in points.indices {
      for other in 0..<atom where isNearer(points[atom], points[other], Self.leastRoom) {
        if !neighbors[atom].contains(other) { return false }
      }
    }
    for (index, bond) in bonds.enumerated() {
      let way = points[bond.to] - points[bond.from]
      guard Self.lengths.contains((way * way).sum().squareRoot()) else { return false }
      for other in bonds[..<index] where cross(bond, other) { return false }
    }
    return true
  }

  private func cross(_ one: Bond, _ other: Bond) -> Bool {
    guard one.from != other.from, one.from != other.to, one.to != other.from, one.to != other.to
    else { return false }
    func side(_ bond: Bond, _ atom: Int) -> Float {
      let way = points[bond.to] - points[bond.from]
      let aside = points[atom] - points[bond.from]
      return way.x * aside.y - way.y * aside.x
    }
    return side(one, other.from) * side(one, other.to) < 0
      && side(other, one.from) * side(other, one.to) < 0
  }
}

extension Untangling.Flip {
  /// Nil where nothing stands beside the bond's line on one of its sides.
  fileprivate init?(_ bond: Untangling.Bond, _ neighbors: [[Int]]) {
    var isBehind = [Bool](repeating: false, count: neighbors.count)
    var behind = [bond.to]
    isBehind[bond.to] = true
    var next = 0
    while next < behind.count {
      for atom in neighbors[behind[next]] where !isBehind[atom] && atom != bond.from {
        isBehind[atom] = true
        behind.append(atom)
      }
      next += 1
    }
    let isSmaller = 2 * behind.count <= neighbors.count
    let isMoved = neighbors.indices.map { atom in
      atom != bond.from && atom != bond.to && isBehind[atom] == isSmaller
    }
    self.init(
      bond: bond, moved: neighbors.indices.filter { isMoved[$0] },
      others: neighbors.indices.filter { !isMoved[$0] && $0 != bond.from && $0 != bond.to },
      isMoved: isMoved)
    guard !moved.isEmpty, !others.isEmpty else { return nil }
  }
}
