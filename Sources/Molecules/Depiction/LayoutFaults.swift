/// What makes a layout hard to read, counted. A bond is about 1 long.
package struct LayoutFaults: Sendable, Hashable {
  /// Pairs of bonds that cross.
  package private(set) var crossings = 0
  /// Pairs of atoms without a bond between them that are nearer than `room`.
  package private(set) var crowdedPairs = 0
  /// Pairs of an atom and a bond of others that are nearer than `roomBesideBonds`.
  package private(set) var atomsOnBonds = 0
  /// Bonds whose length is not in `lengths`.
  package private(set) var oddBonds = 0
  /// Double bonds whose neighbours are on other sides than they should be.
  package private(set) var wrongSides = 0
  /// Atoms of no ring inside a ring of fewer than nine atoms that they hang on.
  package private(set) var atomsInRings = 0
  /// What layouts are compared by: the sum of all faults, each the larger the worse it is.
  package private(set) var cost: Float = 0

  /// Nearer than that two atoms may not stay; as no bond is longer than 1.25, none then stands on a bond either.
  package static let room: Float = 0.75
  package static let roomBesideBonds: Float = 0.35
  package static let lengths: ClosedRange<Float> = 0.8...1.25

  /// No atom on another or on another's bond or in another's ring, no bonds that cross, none too long or too short.
  package var areNone: Bool {
    crossings == 0 && crowdedPairs == 0 && atomsOnBonds == 0 && oddBonds == 0 && wrongSides == 0
      && atomsInRings == 0
  }

  /// Nothing that misleads: what is left is a bond a little long, or an atom a little near to another.
  package var areSmall: Bool { crossings == 0 && wrongSides == 0 && cost < 1 }

  package init(_ points: [SIMD2<Float>], _ graph: LayoutGraph) {
    let bonds = graph.bonds
    let segments = bonds.map { Segment(points[$0.from], points[$0.to]) }
    let circles = segments.map { $0.circle(reaching: Self.roomBesideBonds) }
    for (index, bond) in bonds.enumerated() {
      addLength(segments[index].length)
      let (center, radius) = circles[index]
      for atom in points.indices where atom != bond.from && atom != bond.to {
        let way = points[atom] - center
        guard (way * way).sum() < radius * radius else { continue }
        addDistance(ofAtom: segments[index].distance(from: points[atom]))
      }
      for other in bonds.indices.prefix(index) {
        let (way, reach) = (circles[other].center - center, circles[other].radius + radius)
        guard (way * way).sum() < reach * reach, !bond.touches(bonds[other]) else { continue }
        if segments[index].crosses(segments[other]) {
          crossings += 1
          cost += 3
        }
      }
    }
    for atom in points.indices {
      for other in 0..<atom {
        let way = points[atom] - points[other]
        let square = (way * way).sum()
        guard square < Self.room * Self.room, !graph.neighbors[atom].contains(other) else {
          continue
        }
        addDistance(ofPair: square.squareRoot())
      }
    }
    for sides in graph.sides {
      let double = Segment(points[sides.from], points[sides.to])
      let product = double.side(points[sides.besideFrom]) * double.side(points[sides.besideTo])
      guard (product > 0) != sides.areCis else { continue }
      wrongSides += 1
      cost += 1000
    }
    let rings = graph.rings.filter { $0.count < LayoutGraph.leastMacrocycle }
    let inRings = Set(rings.joined())
    for ring in rings {
      let hanging = ring.flatMap { graph.neighbors[$0] }.filter { !inRings.contains($0) }
      addAtoms(hanging.map { points[$0] }, in: ring.map { points[$0] })
    }
  }

  private mutating func addAtoms(_ points: [SIMD2<Float>], in corners: [SIMD2<Float>]) {
    let low = corners.reduce(corners[0]) { pointwiseMin($0, $1) }
    let high = corners.reduce(corners[0]) { pointwiseMax($0, $1) }
    for point in points {
      guard point.x > low.x, point.x < high.x, point.y > low.y, point.y < high.y else { continue }
      // a line from the atom to the right leaves the ring as often as it enters it, and once more
      var isInside = false
      for (index, corner) in corners.enumerated() {
        let next = corners[(index + 1) % corners.count]
        guard (corner.y > point.y) != (next.y > point.y) else { continue }
        let share = (point.y - corner.y) / (next.y - corner.y)
        if point.x < corner.x + share * (next.x - corner.x) { isInside.toggle() }
      }
      guard isInside else { continue }
      atomsInRings += 1
      cost += 0.4
    }
  }

  private mutating func addLength(_ length: Float) {
    if !Self.lengths.contains(length) { oddBonds += 1 }
    let excess = max(length - Self.lengths.upperBound, Self.lengths.lowerBound - length, 0)
    cost += 4 * excess
  }

  private mutating func addDistance(ofPair distance: Float) {
    crowdedPairs += 1
    let lack = 1 - distance / Self.room
    cost += 4 * lack * lack + lack / 4
  }

  private mutating func addDistance(ofAtom distance: Float) {
    guard distance < Self.roomBesideBonds else { return }
    atomsOnBonds += 1
    cost += 2 * (1 - distance / Self.roomBesideBonds)
  }
}
