extension LayoutGraph {
  /// It opens a bond of each cage and of each macrocycle, lays out the whole part anew without that bond, and so on
  /// in there: with several of them, or a cage that falls apart, once for every order of these bonds. A
  /// cage counts as many as it has independent rings, and a macrocycle as a cage of three.
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

  /// The numbers of rings that hang together by atoms.
  private var ringSystems: [[Int]] {
    var ringsOfAtom = [[Int]](repeating: [], count: neighbors.count)
    for (index, ring) in rings.enumerated() {
      for atom in ring { ringsOfAtom[atom].append(index) }
    }
    var isSeen = [Bool](repeating: false, count: rings.count)
    var systems: [[Int]] = []
    for start in rings.indices where !isSeen[start] {
      isSeen[start] = true
      var system = [start]
      var next = 0
      while next < system.count {
        for other in rings[system[next]].flatMap({ ringsOfAtom[$0] }) where !isSeen[other] {
          isSeen[other] = true
          system.append(other)
        }
        next += 1
      }
      systems.append(system)
    }
    return systems
  }

  /// Whether the rings are no polygons side by side in the plane, by CoordGen's rule
  /// (`CoordgenFragmentBuilder::newScorePlanarity`): three share a bond, those around an atom with a fourth neighbour
  /// fill its whole angle, or macrocycles are fused.
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
