extension SMARTS {
  /// The matches of the pattern, each with its atoms in the order of the pattern. Matches with the
  /// same set of atoms are returned once.
  ///
  /// At most 1,000 matches, and only those found within 200,000 steps, which is far more than
  /// molecules need.
  public func matches(in molecule: Molecule) -> [[Int]] {
    var search = SMARTSSearch(self, in: molecule)
    return search.all()
  }

  /// Whether the pattern matches with this atom as its first.
  func fits(at atom: Int, in molecule: Molecule) -> Bool {
    var search = SMARTSSearch(self, in: molecule)
    return search.fits(at: atom)
  }
}

/// Assigns the atoms of the pattern in order, each next to an atom that has been assigned.
private struct SMARTSSearch {
  private let pattern: SMARTS
  private let molecule: Molecule
  /// For each atom of the pattern, the bonds to earlier atoms.
  private let bondsBefore: [[(other: Int, test: BondTest)]]
  private var places: [Int] = []
  private var found: [[Int]] = []
  private var known: Set<[Int]> = []
  private var limit = 1000
  private var budget = 200_000

  init(_ pattern: SMARTS, in molecule: Molecule) {
    self.pattern = pattern
    self.molecule = molecule
    bondsBefore = pattern.atoms.indices.map { atom in
      pattern.bonds.compactMap {
        max($0.from, $0.to) == atom ? (min($0.from, $0.to), $0.test) : nil
      }
    }
  }

  mutating func all() -> [[Int]] {
    for atom in molecule.atoms.indices { place(atom) }
    return found
  }

  mutating func fits(at atom: Int) -> Bool {
    limit = 1
    place(atom)
    return !found.isEmpty
  }

  private mutating func place(_ atom: Int) {
    let index = places.count
    budget -= 1
    guard found.count < limit, budget > 0, !places.contains(atom),
      molecule.fits(pattern.atoms[index], atom),
      bondsBefore[index].allSatisfy({ other, test in
        molecule.bond(between: atom, and: places[other]).map { molecule.fits(test, $0) } ?? false
      })
    else { return }
    places.append(atom)
    defer { places.removeLast() }
    guard places.count < pattern.atoms.count else {
      if known.insert(places.sorted()).inserted { found.append(places) }
      return
    }
    guard let before = bondsBefore[places.count].first else { return }
    for neighbor in molecule.neighbors(of: places[before.other]) { place(neighbor) }
  }
}

extension Molecule {
  fileprivate func fits(_ test: AtomTest, _ index: Int) -> Bool {
    let atom = atoms[index]
    return switch test {
    case .any: true
    case .aromatic: atom.isAromatic
    case .aliphatic: !atom.isAromatic
    case .element(let element, let isAromatic):
      atom.element == element && isAromatic.map { $0 == atom.isAromatic } ?? true
    case .degree(let count): incident[index].count == count
    case .connections(let count): incident[index].count + atom.hydrogens == count
    case .hydrogens(let count):
      atom.hydrogens + neighbors(of: index).count { atoms[$0].element == .hydrogen } == count
    case .charge(let charge): atom.charge == charge
    case .inRing: incident[index].contains { bonds[$0].isInRing }
    case .within(let pattern): pattern.fits(at: index, in: self)
    case .not(let inner): !fits(inner, index)
    case .all(let tests): tests.allSatisfy { fits($0, index) }
    case .either(let tests): tests.contains { fits($0, index) }
    }
  }

  fileprivate func fits(_ test: BondTest, _ index: Int) -> Bool {
    let bond = bonds[index]
    return switch test {
    case .any: true
    case .plain: bond.isAromatic || bond.order == 1
    case .order(let order): !bond.isAromatic && bond.order == order
    case .aromatic: bond.isAromatic
    case .inRing: bond.isInRing
    case .not(let inner): !fits(inner, index)
    case .all(let tests): tests.allSatisfy { fits($0, index) }
    }
  }
}
