extension Molecule {
  /// Marks atoms and bonds as aromatic based on the Kekulé structure, however they are written:
  /// rings, and sets of up to six fused rings, with 4n + 2 electrons in their p orbitals (RDKit's
  /// default model; https://www.rdkit.org/docs/RDKit_Book.html#aromaticity).
  mutating func perceiveAromaticity() {
    let donors = atoms.indices.map { PiDonor(of: $0, in: self) }
    let candidates = rings.filter { ring in
      ring.allSatisfy { donors[$0] != nil } && ring.contains { atoms[$0].element != .any }
    }
    for atom in atoms.indices { atoms[atom].isAromatic = false }
    for bond in bonds.indices { bonds[bond].isAromatic = false }
    let ringBonds = candidates.map { bonds(ofRing: $0) }
    let fused = FusedRings(ringBonds)
    for system in fused.systems {
      var open = Set(system.flatMap { ringBonds[$0] })
      var subsets = Set(system.map { [$0] })
      for size in 1...6 where !open.isEmpty && !subsets.isEmpty {
        if size > 1 { subsets = fused.grown(subsets) }
        for subset in subsets where isAromatic(subset.map { candidates[$0] }, donors) {
          for ring in subset { for atom in candidates[ring] { atoms[atom].isAromatic = true } }
          // A bond of two rings is inside of the cycle of the electrons.
          var times: [Int: Int] = [:]
          for bond in subset.flatMap({ ringBonds[$0] }) { times[bond, default: 0] += 1 }
          for (bond, count) in times where count == 1 {
            bonds[bond].isAromatic = true
            open.remove(bond)
          }
        }
      }
    }
  }

  /// Hückel's rule for the atoms that belong to one or two of the rings.
  private func isAromatic(_ rings: [[Int]], _ donors: [PiDonor?]) -> Bool {
    var times: [Int: Int] = [:]
    for atom in rings.joined() { times[atom, default: 0] += 1 }
    var (least, most, wildcards) = (0, 0, 0)
    for (atom, count) in times where count <= 2 {
      guard let donor = donors[atom] else { return false }
      least += donor.electrons.lowerBound
      most += donor.electrons.upperBound
      if donor.isWildcard { wildcards += 1 }
    }
    if wildcards > 1 { return false }
    if most < 6 { return most == 2 }
    return (least...most).contains { ($0 - 2) % 4 == 0 }
  }
}

/// Which rings share exactly one bond.
private struct FusedRings {
  private let neighbors: [[Int]]

  init(_ ringBonds: [[Int]]) {
    var ringsOf: [Int: [Int]] = [:]
    // A larger ring is aromatic on its own or not at all.
    for (ring, bonds) in ringBonds.enumerated() where bonds.count <= 24 {
      for bond in bonds { ringsOf[bond, default: []].append(ring) }
    }
    var shared: [[Int: Int]] = Array(repeating: [:], count: ringBonds.count)
    for rings in ringsOf.values {
      for first in rings {
        for second in rings where first != second { shared[first][second, default: 0] += 1 }
      }
    }
    neighbors = shared.map { $0.filter { $0.value == 1 }.keys.sorted() }
  }

  /// The rings in connected groups.
  var systems: [[Int]] {
    connectedComponents(of: neighbors.indices, below: neighbors.count) { neighbors[$0] }
  }

  /// Each set with one more neighbour. Empty if there would be more than 20,000, which occurs only
  /// in artificial lattices of rings.
  func grown(_ subsets: Set<[Int]>) -> Set<[Int]> {
    var larger: Set<[Int]> = []
    for subset in subsets {
      for neighbor in subset.flatMap({ neighbors[$0] }) where !subset.contains(neighbor) {
        larger.insert((subset + [neighbor]).sorted())
      }
      if larger.count > 20_000 { return [] }
    }
    return larger
  }
}
