/// A group that chemists substitute for an atom or a small group to study its effect.
public enum Swap: String, Sendable, CaseIterable {
  case hydrogen = "H"
  case fluorine = "F"
  case chlorine = "Cl"
  case methyl = "CH3"
  case hydroxyl = "OH"
  case amino = "NH2"
  case cyano = "CN"
  case trifluoromethyl = "CF3"

  /// As chemists write it: `CF3`.
  public var formula: String { rawValue }

  /// Its atoms, the first of which is bound to the molecule; empty for hydrogen.
  var smiles: String {
    switch self {
    case .hydrogen: ""
    case .fluorine: "F"
    case .chlorine: "Cl"
    case .methyl: "C"
    case .hydroxyl: "O"
    case .amino: "N"
    case .cyano: "C#N"
    case .trifluoromethyl: "C(F)(F)F"
    }
  }
}

extension Molecule {
  /// The group that a swap at this atom replaces: an atom with a single bond to the rest of the
  /// molecule, or an atom together with neighbours that have no other bonds and are not carbon,
  /// such as the carbon of CF3 or the nitrogen of NO2. nil for any other atom, where a swap
  /// replaces a hydrogen.
  public func terminalGroup(at atom: Int) -> [Int]? {
    let ends = bonds(of: atom).filter {
      let end = bonds[$0].other(than: atom)
      return bonds(of: end).count == 1 && atoms[end].element != .carbon
    }
    let others = bonds(of: atom).filter { !ends.contains($0) }
    let isLone = bonds(of: atom).count == 1
    guard let bond = isLone ? bonds(of: atom).first : others.first,
      isLone || others.count == 1, bonds[bond].order == 1, !bonds[bond].isInRing
    else { return nil }
    return isLone ? [atom] : [atom] + ends.map { bonds[$0].other(than: atom) }
  }

  /// The molecule with another group instead of an atom, its group, or one of its hydrogens,
  /// written in the order of the text. The ranges are those of the remaining atoms; removed atoms
  /// have empty ranges.
  ///
  /// nil if nothing can be replaced, or if the result would not be a valid SMILES.
  public func swapping(_ atom: Int, for swap: Swap) -> WrittenSMILES? {
    guard atoms.indices.contains(atom) else { return nil }
    var edit = MoleculeEdit(self)
    if let group = terminalGroup(at: atom) {
      let bond = bonds(of: atom).first { !group.contains(bonds[$0].other(than: atom)) }
      guard let bond else { return nil }
      edit.replace(group, at: bond, with: swap)
    } else {
      guard swap != .hydrogen, edit.replaceHydrogen(of: atom, with: swap) else { return nil }
    }
    return edit.written
  }
}

/// The atoms and bonds of a molecule while it is changed.
private struct MoleculeEdit {
  private let original: Molecule
  private var atoms: [Atom]
  private var bonds: [Bond]
  private var incident: [[Int]]
  private var removed: Set<Int> = []

  init(_ molecule: Molecule) {
    original = molecule
    atoms = molecule.atoms
    bonds = molecule.bonds
    incident = molecule.atoms.indices.map { molecule.bonds(of: $0) }
  }

  /// Replaces a group that has one bond to the rest.
  mutating func replace(_ group: [Int], at bond: Int, with swap: Swap) {
    removed = Set(group)
    let anchor = group.contains(bonds[bond].from) ? bonds[bond].to : bonds[bond].from
    guard let first = add(swap) else {
      incident[anchor].removeAll { $0 == bond }
      return addHydrogen(to: anchor, for: bonds[bond].other(than: anchor))
    }
    // The new bond takes the position of the old one, so that the arrangement in space stays.
    if bonds[bond].from == anchor { bonds[bond].to = first } else { bonds[bond].from = first }
    bonds[bond].direction = original.bonds[bond].direction
    incident[first].insert(bond, at: 0)
  }

  /// - Returns: whether the atom has a hydrogen.
  mutating func replaceHydrogen(of atom: Int, with swap: Swap) -> Bool {
    guard atoms[atom].hydrogens > 0, let first = add(swap) else { return false }
    let before = original.spatialOrder(of: atom, original.neighbors(of: atom))
    if atoms[atom].isBracketed { atoms[atom].explicitHydrogens -= 1 }
    // Inserts a branch before the rest of the chain.
    let last = incident[atom].last.map { bonds[$0] }
    let hasRest = last.map { $0.from == atom && !$0.isRingClosure } ?? false
    incident[atom].insert(bonds.count, at: incident[atom].count - (hasRest ? 1 : 0))
    incident[first].insert(bonds.count, at: 0)
    bonds.append(Bond(from: atom, to: first))
    turn(
      atom, from: before.map { $0 ?? first },
      to: incident[atom].map { bonds[$0].other(than: atom) })
    unbracket(atom)
    return true
  }

  /// - Returns: the atom that is to be bound; nil for hydrogen.
  private mutating func add(_ swap: Swap) -> Int? {
    let group = SMILESReading(swap.smiles).molecule
    guard !group.atoms.isEmpty else { return nil }
    let (start, firstBond) = (atoms.count, bonds.count)
    atoms += group.atoms
    for bond in group.bonds {
      var bond = bond
      bond.from += start
      bond.to += start
      bonds.append(bond)
    }
    incident += group.atoms.indices.map { group.bonds(of: $0).map { $0 + firstBond } }
    return start
  }

  private mutating func addHydrogen(to atom: Int, for neighbor: Int) {
    let before = original.spatialOrder(of: atom, original.neighbors(of: atom))
    guard atoms[atom].isBracketed else { return }
    atoms[atom].explicitHydrogens += 1
    if atoms[atom].hydrogens > 1 { atoms[atom].chirality = nil }
    let rest = original.neighbors(of: atom).filter { $0 != neighbor }
    let follows = original.followsAnAtom(atom) && original.neighbors(of: atom).first != neighbor
    var after: [Int?] = rest
    after.insert(nil, at: follows ? 1 : 0)
    turn(atom, from: before.map { $0 == neighbor ? nil : $0 }, to: after)
    unbracket(atom)
  }

  private mutating func turn(_ atom: Int, from before: [Int?], to after: [Int?]) {
    guard atoms[atom].chirality?.shape == .tetrahedral,
      Permutation.isOdd(from: before, to: after)
    else { return }
    atoms[atom].chirality = atoms[atom].chirality == .clockwise ? .counterclockwise : .clockwise
  }

  /// Removes brackets that only contain the hydrogens that the atom has without them. Whether it
  /// has them is known when the text is read.
  private mutating func unbracket(_ index: Int) {
    var atom = atoms[index]
    guard atom.isWrittenAromatic, atom.explicitHydrogens == 0, atom.charge == 0,
      atom.isotope == nil, atom.chirality == nil, atom.atomClass == nil,
      [.nitrogen, .phosphorus].contains(atom.element)
    else { return }
    atom.isBracketed = false
    atoms[index] = atom
  }

  var written: WrittenSMILES? {
    let added = Array(original.atoms.count..<atoms.count)
    // New atoms are written at the position of the first atom that they replace.
    let kept =
      original.atoms.indices.flatMap { index in
        removed.contains(index) ? (index == removed.min() ? added : []) : [index]
      } + (removed.isEmpty ? added : [])
    let number = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    var bondNumber: [Int: Int] = [:]
    var keptBonds: [Bond] = []
    for (index, bond) in bonds.enumerated() {
      guard let from = number[bond.from], let to = number[bond.to] else { continue }
      bondNumber[index] = keptBonds.count
      var bond = bond
      (bond.from, bond.to) = (from, to)
      keptBonds.append(bond)
    }
    let molecule = Molecule(
      text: "", atoms: kept.map { atoms[$0] }, bonds: keptBonds,
      incident: kept.map { incident[$0].compactMap { bondNumber[$0] } })
    let written = molecule.smiles
    let reading = SMILESReading(written.text)
    let hadWarnings = original.valenceWarnings.count
    guard reading.problem == nil, reading.warnings.count <= hadWarnings else { return nil }
    let ranges = original.atoms.indices.map { number[$0].map { written.ranges[$0] } ?? 0..<0 }
    return WrittenSMILES(text: written.text, ranges: ranges)
  }
}
