import Glibc

/// Makes bonds and angles of a layout more regular and moves atoms off the bonds of other atoms, by
/// a force field: bonds and angles are springs, and bonds repel atoms that are too close. These are
/// the terms of CoordGen's own force field, which compares every atom with every bond in each of
/// hundreds of steps. Here, pairs that are far apart are skipped, and the steps accelerate (FIRE:
/// Bitzek et al. 2006, doi:10.1103/PhysRevLett.97.170201).
package struct Relaxation {
  package private(set) var points: [SIMD2<Float>]
  /// The number of steps so far.
  package private(set) var steps = 0
  private let graph: LayoutGraph
  private let springs: [Spring]
  private var clashes: [Clash] = []

  /// Between two atoms that are bound to each other or to the same atom.
  fileprivate struct Spring {
    let one: Int
    let other: Int
    let length: Float
    let strength: Float
  }

  /// An atom and a bond of other atoms.
  private struct Clash {
    let atom: Int
    let bond: LayoutGraph.Bond
  }

  /// The minimum distance of an atom from the bonds of other atoms.
  private static let room: Float = 0.8
  private static let push: Float = 1.5
  /// The force that moves a neighbour across its double bond if it is on the wrong side, against
  /// all springs around it.
  private static let pushAcross: Float = 4
  private static let mostSteps = 200
  private static let mostPulls = 3
  /// The largest distance that an atom moves in a step, in bond lengths.
  private static let longestStep: Float = 0.1
  /// The number of steps between two searches for atoms that are close to bonds.
  private static let stepsBetweenSearches = 10

  /// Rings of fewer than nine atoms become regular polygons if possible.
  package init(_ points: [SIMD2<Float>], _ graph: LayoutGraph) {
    self.points = points
    self.graph = graph
    springs =
      graph.bonds.map { Spring(one: $0.from, other: $0.to, length: 1, strength: 1) }
      + graph.sides.map {
        Spring(
          one: $0.besideFrom, other: $0.besideTo, length: $0.length,
          strength: 0.3)
      }
      + Angles(points, graph.neighbors, rings: graph.rings).springs
  }

  /// Relaxes the layout. While bonds cross, a branch with a crossing bond is moved to the atom
  /// where it starts, so that it can grow towards the other side.
  /// - Returns: the remaining faults of the layout.
  package mutating func resolve() -> LayoutFaults {
    var budget = LayoutBudget.unlimited
    return resolve(within: &budget)
  }

  /// The same with a budget.
  /// - Parameter budget: the budget; the first relaxation is made in any case.
  /// - Returns: the remaining faults of the layout.
  package mutating func resolve(within budget: inout LayoutBudget) -> LayoutFaults {
    run()
    budget.spend(steps * graph.stepCost)
    var faults = LayoutFaults(points, graph)
    for _ in 0..<Self.mostPulls where faults.crossings > 0 {
      var next = self
      guard next.pullBranches(), budget.covers(Self.largestCost(graph)) else { break }
      next.run()
      budget.spend((next.steps - steps) * graph.stepCost)
      steps = next.steps
      let rest = LayoutFaults(next.points, graph)
      guard rest.cost < faults.cost else { break }
      self = next
      faults = rest
    }
    return faults
  }

  /// The largest cost of one relaxation.
  static func largestCost(_ graph: LayoutGraph) -> Int { mostSteps * graph.stepCost }

  /// - Returns: whether there was a branch to move.
  private mutating func pullBranches() -> Bool {
    let segments = graph.bonds.map { Segment(points[$0.from], points[$0.to]) }
    var pulled: Set<Int> = []
    for (index, bond) in graph.bonds.enumerated() {
      for (place, other) in graph.bonds[..<index].enumerated() where !bond.touches(other) {
        guard segments[index].crosses(segments[place]) else { continue }
        let branches = [bond, other].compactMap { graph.branch(behind: $0) }
        guard let branch = branches.min(by: { $0.atoms.count < $1.atoms.count }),
          pulled.isDisjoint(with: branch.atoms)
        else { continue }
        pulled.formUnion(branch.atoms)
        let root = points[branch.root]
        for atom in branch.atoms { points[atom] = root + 0.1 * (points[atom] - root) }
      }
    }
    return !pulled.isEmpty
  }

  private mutating func run() {
    var velocity = [SIMD2<Float>](repeating: .zero, count: points.count)
    var step: Float = 0.1
    var mixing: Float = 0.1
    var stepsDownhill = 0
    for index in 0..<Self.mostSteps {
      steps += 1
      if index % Self.stepsBetweenSearches == 0 { findClashes() }
      let force = forces()
      var power: Float = 0
      var (forceSquare, velocitySquare): (Float, Float) = (0, 0)
      for atom in points.indices {
        power += (force[atom] * velocity[atom]).sum()
        forceSquare += (force[atom] * force[atom]).sum()
        velocitySquare += (velocity[atom] * velocity[atom]).sum()
      }
      guard forceSquare > 1e-5 * Float(points.count) else { return }
      if power > 0 {
        let share = mixing * (velocitySquare / forceSquare).squareRoot()
        for atom in points.indices {
          velocity[atom] = (1 - mixing) * velocity[atom] + share * force[atom]
        }
        stepsDownhill += 1
        if stepsDownhill > 5 {
          step = min(step * 1.1, 0.5)
          mixing *= 0.99
        }
      } else {
        for atom in points.indices { velocity[atom] = .zero }
        step *= 0.5
        mixing = 0.1
        stepsDownhill = 0
      }
      for atom in points.indices {
        velocity[atom] += step * force[atom]
        var way = step * velocity[atom]
        let length = (way * way).sum().squareRoot()
        if length > Self.longestStep { way *= Self.longestStep / length }
        points[atom] += way
      }
    }
  }

  private func forces() -> [SIMD2<Float>] {
    var force = [SIMD2<Float>](repeating: .zero, count: points.count)
    for spring in springs {
      let way = points[spring.other] - points[spring.one]
      let length = max((way * way).sum().squareRoot(), 1e-3)
      let pull = way * (spring.strength * (length - spring.length) / length)
      force[spring.one] += pull
      force[spring.other] -= pull
    }
    for sides in graph.sides {
      let double = Segment(points[sides.from], points[sides.to])
      let (one, other) = (
        double.side(points[sides.besideFrom]), double.side(points[sides.besideTo])
      )
      guard (one * other > 0) != sides.areCis else { continue }
      let (atom, end, aside) =
        abs(one) < abs(other)
        ? (sides.besideFrom, sides.from, one) : (sides.besideTo, sides.to, other)
      let push = double.normal * (aside > 0 ? -Self.pushAcross : Self.pushAcross)
      force[atom] += push
      force[end] -= push
    }
    for clash in clashes {
      let segment = Segment(points[clash.bond.from], points[clash.bond.to])
      let foot = segment.foot(of: points[clash.atom])
      let way = segment.offset(to: points[clash.atom], from: foot)
      let square = (way * way).sum()
      guard square < Self.room * Self.room else { continue }
      let distance = max(square.squareRoot(), 1e-3)
      let push = way * (Self.push * (Self.room - distance) / distance)
      force[clash.atom] += push
      force[clash.bond.from] -= (1 - foot) * push
      force[clash.bond.to] -= foot * push
    }
    return force
  }

  private mutating func findClashes() {
    clashes.removeAll(keepingCapacity: true)
    let reach = Self.room + Self.longestStep * Float(Self.stepsBetweenSearches) / 2
    for bond in graph.bonds {
      let segment = Segment(points[bond.from], points[bond.to])
      let (center, radius) = segment.circle(reaching: reach)
      for atom in points.indices {
        let way = points[atom] - center
        guard (way * way).sum() < radius * radius, segment.distance(from: points[atom]) < reach,
          atom != bond.from, atom != bond.to, !graph.neighbors[atom].contains(bond.from),
          !graph.neighbors[atom].contains(bond.to)
        else { continue }
        clashes.append(Clash(atom: atom, bond: bond))
      }
    }
  }
}

/// The ideal angles of bonds, each as the distance of the two outer atoms: those of regular
/// polygons in rings, and an even division of the remaining angle.
private struct Angles {
  private(set) var springs: [Relaxation.Spring] = []
  private let points: [SIMD2<Float>]
  private let neighbors: [[Int]]
  /// The rings of each atom except macrocycles, in ascending order of size.
  private var rings: [[[Int]]]

  init(_ points: [SIMD2<Float>], _ neighbors: [[Int]], rings: [[Int]]) {
    self.points = points
    self.neighbors = neighbors
    self.rings = Array(repeating: [], count: points.count)
    for ring in rings.sorted(by: { $0.count < $1.count })
    where ring.count < LayoutGraph.leastMacrocycle {
      for atom in ring { self.rings[atom].append(ring) }
    }
    for atom in points.indices where neighbors[atom].count > 1 { add(atom) }
  }

  private mutating func add(_ atom: Int) {
    let around = neighbors[atom].sorted { direction(atom, $0) < direction(atom, $1) }
    let pairs = around.indices.map { (around[$0], around[($0 + 1) % around.count]) }
      .prefix(around.count == 2 ? 1 : around.count)
    let inRings = pairs.map { pair in
      rings[atom].first { $0.contains(pair.0) && $0.contains(pair.1) }
        .map { Float.pi * (1 - 2 / Float($0.count)) }
    }
    let used = inRings.reduce(0) { $0 + ($1 ?? 0) }
    let free = Float(inRings.count { $0 == nil })
    for (pair, inRing) in zip(pairs, inRings) {
      let rest = max((2 * .pi - used) / free, .pi / 4)
      let angle = inRing ?? (used == 0 ? lone(pair, at: atom, of: around.count) : rest)
      springs.append(
        .init(
          one: pair.0, other: pair.1, length: 2 * sin(min(angle, .pi) / 2),
          strength: inRing == nil ? 0.3 : 0.6))
    }
  }

  /// The angle at an atom without small rings: what chemists draw for two or three bonds, otherwise
  /// the angle in the layout.
  private func lone(_ pair: (Int, Int), at atom: Int, of count: Int) -> Float {
    if count == 3 { return 2 * .pi / 3 }
    let turn = direction(atom, pair.1) - direction(atom, pair.0)
    let angle = turn < 0 ? turn + 2 * .pi : turn
    let inner = min(angle, 2 * .pi - angle)
    if count > 3 { return inner }
    return inner > 0.9 * .pi ? .pi : 2 * .pi / 3
  }

  /// The direction from one atom to another, as an angle.
  private func direction(_ atom: Int, _ other: Int) -> Float {
    let way = points[other] - points[atom]
    return atan2(way.y, way.x)
  }
}
