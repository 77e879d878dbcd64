/// Resolves overlaps in a layout with ideal angles by flips: one side of a single bond is reflected
/// across the bond's line, which preserves all lengths and angles and the configuration of double
/// bonds.
///
/// The most effective flip comes first, among the bonds on the paths between two atoms that are too
/// close (Helson 1999, Structure Diagram Generation, Reviews in Computational Chemistry 13,
/// doi:10.1002/9780470125908.ch6, section "Collision resolution"). A round examines each pair of
/// atoms, and for each flip the pairs that it changes. A peptide of 185 atoms needs two million
/// comparisons, which take milliseconds, where a force field takes a tenth of a second.
package struct Untangling {
  /// One per atom; a bond has a length of about 1.
  package private(set) var points: [SIMD2<Float>]
  private let graph: LayoutGraph
  private let flips: [Flip]

  /// A bond and the atoms of its smaller side, except those on its line.
  fileprivate struct Flip {
    let bond: LayoutGraph.Bond
    let moved: [Int]
    let others: [Int]
    let isMoved: [Bool]
  }

  /// Atoms without a bond between them that are closer than this are moved apart if possible.
  private static let room: Float = 0.9
  /// More than any successful layout needs.
  private static let mostFlips = 40

  package init(_ points: [SIMD2<Float>], _ graph: LayoutGraph) {
    self.points = points
    self.graph = graph
    flips = graph.bonds.filter(\.isRotatable).compactMap { Flip($0, graph) }
  }

  /// - Returns: the remaining faults of the layout.
  package mutating func resolve() -> LayoutFaults {
    for _ in 0..<Self.mostFlips {
      let collisions = collisions
      guard !collisions.isEmpty, let flip = bestFlip(against: collisions) else { break }
      for (atom, point) in zip(flip.moved, mirrored(flip)) { points[atom] = point }
    }
    return LayoutFaults(points, graph)
  }

  // MARK: Flips

  private var collisions: [(Int, Int)] {
    var found: [(Int, Int)] = []
    for atom in points.indices {
      for other in 0..<atom where isNearer(points[atom], points[other], Self.room) {
        if !graph.neighbors[atom].contains(other) { found.append((atom, other)) }
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

  /// By how much the atoms are too close to others.
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
}

extension Untangling.Flip {
  /// nil if one side of the bond has no atom beside the bond's line.
  fileprivate init?(_ bond: LayoutGraph.Bond, _ graph: LayoutGraph) {
    guard let branch = graph.branch(behind: bond) else { return nil }
    let atoms = graph.neighbors.indices
    var isMoved = [Bool](repeating: false, count: atoms.count)
    for atom in branch.atoms where atom != bond.from && atom != bond.to { isMoved[atom] = true }
    self.init(
      bond: bond, moved: atoms.filter { isMoved[$0] },
      others: atoms.filter { !isMoved[$0] && $0 != bond.from && $0 != bond.to },
      isMoved: isMoved)
    guard !moved.isEmpty, !others.isEmpty else { return nil }
  }
}
