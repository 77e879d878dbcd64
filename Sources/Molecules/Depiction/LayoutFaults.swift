/// Counts what makes a layout hard to read. A bond has a length of about 1.
package struct LayoutFaults: Sendable, Hashable {
  /// Pairs of bonds that cross.
  package private(set) var crossings = 0
  /// Pairs of atoms without a bond between them that are closer than `room`.
  package private(set) var crowdedPairs = 0
  /// Pairs of an atom and a bond of other atoms that are closer than `roomBesideBonds`.
  package private(set) var atomsOnBonds = 0
  /// Bonds whose length is not in `lengths`.
  package private(set) var oddBonds = 0
  /// Double bonds whose neighbours are on the wrong sides.
  package private(set) var wrongSides = 0
  /// Atoms that are inside a ring of fewer than nine atoms to which they are bound.
  package private(set) var atomsInRings = 0
  /// The value by which layouts are compared: the sum of all faults, weighted by their severity.
  package private(set) var cost: Float = 0

  /// The minimum distance of two atoms. Because no bond is longer than 1.25, no atom at this
  /// distance from both ends of a bond is on the bond.
  package static let room: Float = 0.75
  package static let roomBesideBonds: Float = 0.35
  package static let lengths: ClosedRange<Float> = 0.8...1.25

  /// No atom overlaps another atom, a bond or a ring, no bonds cross, and all bonds have acceptable
  /// lengths.
  package var areNone: Bool {
    crossings == 0 && crowdedPairs == 0 && atomsOnBonds == 0 && oddBonds == 0 && wrongSides == 0
      && atomsInRings == 0
  }

  /// Nothing is misleading; at most, a bond is slightly too long, or two atoms are slightly too
  /// close.
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
      // a line from the atom to the right crosses the ring an odd number of times if the atom is
      // inside
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
