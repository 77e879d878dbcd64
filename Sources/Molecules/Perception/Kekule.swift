extension Molecule {
  /// Gives each bond that is written as aromatic an order, so that each aromatic atom that can have
  /// one more bond has one double bond: a perfect matching of those atoms.
  /// - Returns: if there is no perfect matching, the first atom of the aromatic system of an
  ///   unmatched atom, whose double bond is then missing.
  mutating func kekulize() -> Int? {
    findRingBonds()
    // Between two rings, a bond without a symbol is a single bond.
    for bond in bonds.indices where bonds[bond].isWrittenAromatic && !bonds[bond].isInRing {
      if bonds[bond].ranges.isEmpty { bonds[bond].isWrittenAromatic = false }
    }
    var needs = [Bool](repeating: false, count: atoms.count)
    for atom in atoms.indices where atoms[atom].isWrittenAromatic { needs[atom] = sparesBond(atom) }
    for bond in bonds where bond.isWrittenAromatic {
      // A bond with an explicit symbol, as in N:C.
      for end in [bond.from, bond.to] where !atoms[end].isWrittenAromatic {
        needs[end] = sparesBond(end)
      }
    }
    var graph = Matching(count: atoms.count)
    for (index, bond) in bonds.enumerated() {
      let areReady = isReady(bond.from, needs) && isReady(bond.to, needs)
      let mayBeAromatic = bond.isWrittenAromatic || isBondOfWildcard(bond)
      if areReady && mayBeAromatic { graph.addEdge(bond.from, bond.to, by: index) }
    }
    let leftOver = graph.match(needs.indices.filter { needs[$0] })
    for bond in graph.matchedBonds { bonds[bond].order = 2 }
    for bond in bonds.indices { bonds[bond].isAromatic = bonds[bond].isWrittenAromatic }
    for atom in atoms.indices { atoms[atom].isAromatic = atoms[atom].isWrittenAromatic }
    return leftOver.map { graph.first(connectedTo: $0) }
  }

  private func isReady(_ atom: Int, _ needs: [Bool]) -> Bool {
    needs[atom] || atoms[atom].element == .any
  }

  /// A ring bond from an aromatic atom to `*`, which stands for any atom, including aromatic ones.
  private func isBondOfWildcard(_ bond: Bond) -> Bool {
    guard bond.isInRing, bond.ranges.isEmpty || bond.isRingClosure, bond.order == 1 else {
      return false
    }
    let (from, to) = (atoms[bond.from], atoms[bond.to])
    return from.element == .any && to.isWrittenAromatic
      || to.element == .any && from.isWrittenAromatic
  }

  /// Whether an atom can have one more bond than is written.
  private func sparesBond(_ index: Int) -> Bool {
    let atom = atoms[index]
    let found = bondOrders(of: index) + atom.hydrogens
    guard atom.element != .any,
      let valence = Valence(of: atom.element, charge: atom.charge).atLeast(found)
    else { return false }
    return valence > found
  }

  /// Marks the bonds that are part of a ring: those that are not bridges (Tarjan 1974,
  /// doi:10.1016/0020-0190(74)90003-9).
  private mutating func findRingBonds() {
    var entry = [Int](repeating: -1, count: atoms.count)
    var low = entry
    var clock = 0
    for root in atoms.indices where entry[root] < 0 {
      var path: [(atom: Int, bond: Int, next: Int)] = [(root, -1, 0)]
      entry[root] = clock
      low[root] = clock
      clock += 1
      while let (atom, arrival, next) = path.last {
        guard next < incident[atom].count else {
          path.removeLast()
          if let parent = path.last?.atom {
            low[parent] = min(low[parent], low[atom])
            bonds[arrival].isInRing = low[atom] <= entry[parent]
          }
          continue
        }
        path[path.count - 1].next += 1
        let bond = incident[atom][next]
        guard bond != arrival else { continue }
        let neighbor = bonds[bond].other(than: atom)
        if entry[neighbor] < 0 {
          entry[neighbor] = clock
          low[neighbor] = clock
          clock += 1
          path.append((neighbor, bond, 0))
        } else {
          low[atom] = min(low[atom], entry[neighbor])
          bonds[bond].isInRing = true
        }
      }
    }
  }
}
