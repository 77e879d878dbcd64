extension LayoutGraph {
  /// CoordGen opens a bond of each cage and of each macrocycle, and lays out the whole part again
  /// without that bond, recursively: with several of them, or with a cage that falls apart, once
  /// for every order of these bonds. A cage counts as many openings as it has independent rings,
  /// and a macrocycle as a cage of three rings.
  var countedOpenings: Int {
    ringSystems.map { system in
      guard isCage(system) else {
        return 3 * system.count { rings[$0].count >= Self.leastMacrocycle }
      }
      let bonds = Set(system.flatMap { links(ofRing: rings[$0]) })
      let atoms = Set(system.flatMap { rings[$0] })
      return bonds.count - atoms.count + 1
    }.reduce(0, +)
  }

  /// The indices of rings that are connected by common atoms.
  private var ringSystems: [[Int]] {
    var ringsOfAtom = [[Int]](repeating: [], count: neighbors.count)
    for (index, ring) in rings.enumerated() {
      for atom in ring { ringsOfAtom[atom].append(index) }
    }
    return connectedComponents(of: rings.indices, below: rings.count) { ring in
      rings[ring].flatMap { ringsOfAtom[$0] }
    }
  }

  /// Whether the rings cannot be drawn as adjacent polygons in the plane, by CoordGen's rule
  /// (`CoordgenFragmentBuilder::newScorePlanarity`): three of them share a bond, those around an
  /// atom with a fourth neighbour fill its whole angle, or macrocycles are fused.
  private func isCage(_ system: [Int]) -> Bool {
    var ringsOfLink: [[Int]: [Int]] = [:]
    var angles: [Int: Float] = [:]
    for index in system {
      let ring = rings[index]
      for link in links(ofRing: ring) { ringsOfLink[link, default: []].append(ring.count) }
      for atom in ring { angles[atom, default: 0] += .pi * (1 - 2 / Float(ring.count)) }
    }
    return ringsOfLink.values.contains { sizes in
      sizes.count > 2 || sizes.filter { $0 >= Self.leastMacrocycle }.count > 1
    } || angles.contains { atom, angle in neighbors[atom].count > 3 && angle >= 1.99 * .pi }
  }

  /// The bonds of a ring, each as its two atoms in ascending order.
  private func links(ofRing ring: [Int]) -> [[Int]] {
    ring.indices.map { index in
      let (one, other) = (ring[index], ring[(index + 1) % ring.count])
      return [min(one, other), max(one, other)]
    }
  }
}
