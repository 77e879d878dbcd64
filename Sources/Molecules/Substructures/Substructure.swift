/// A part of a molecule with its name in chemistry.
public struct Substructure: Sendable, Hashable {
  /// `thiophene with chlorine`, `amide`, `alkyl chain`.
  public let name: String
  public let plural: String
  /// In ascending order.
  public let atoms: [Int]
}

extension Molecule {
  /// A partition of the molecule into parts, in the order of the text. A part is the first match of
  /// `NamedPattern.all` without an atom of another part, together with the halogens at a ring. The
  /// remaining atoms form chains, other rings and single atoms.
  public var substructures: [Substructure] {
    var isTaken = [Bool](repeating: false, count: atoms.count)
    var found: [Substructure] = []
    for (pattern, smarts) in Self.patterns {
      for match in smarts.matches(in: self) where !match.contains(where: { isTaken[$0] }) {
        for atom in match { isTaken[atom] = true }
        guard pattern.isRing else {
          found.append(
            Substructure(name: pattern.name, plural: pattern.plural, atoms: match.sorted()))
          continue
        }
        let halogens = match.flatMap { neighbors(of: $0) }.filter {
          !isTaken[$0] && bonds(of: $0).count == 1 && Self.halogens[atoms[$0].element] != nil
        }
        for atom in halogens { isTaken[atom] = true }
        let addition = self.addition(halogens)
        found.append(
          Substructure(
            name: pattern.name + addition, plural: pattern.plural + addition,
            atoms: (match + halogens).sorted()))
      }
    }
    let rest = atoms.indices.filter { !isTaken[$0] }
    found += RestOfMolecule(rest, of: self).parts
    return found.sorted { $0.atoms.first ?? 0 < $1.atoms.first ?? 0 }
  }

  /// The names of rings in `NamedPattern.all`, by their atoms: for each ring, the first matching
  /// pattern of one ring, with or without substituents.
  public var ringNames: [Set<Int>: String] {
    var names: [Set<Int>: String] = [:]
    for (pattern, smarts) in Self.patterns where pattern.isRing {
      for match in smarts.matches(in: self) {
        let ring = match.filter { atom in neighbors(of: atom).count { match.contains($0) } > 1 }
        if names[Set(ring)] == nil { names[Set(ring)] = pattern.name }
      }
    }
    return names
  }

  /// The parsed patterns; a test checks that all can be parsed.
  private static let patterns: [(NamedPattern, SMARTS)] = NamedPattern.all.compactMap { pattern in
    SMARTS(pattern.smarts).map { (pattern, $0) }
  }

  private static let halogens: [Element: String] = [
    .fluorine: "fluorine", .chlorine: "chlorine", .bromine: "bromine", .iodine: "iodine",
  ]

  private func addition(_ halogens: [Int]) -> String {
    let elements = Set(halogens.map { atoms[$0].element }).sorted {
      $0.atomicNumber < $1.atomicNumber
    }
    let names = elements.compactMap { element -> String? in
      let count = halogens.count { atoms[$0].element == element }
      guard let name = Self.halogens[element] else { return nil }
      return count == 1 ? name : "\(count) \(name)s"
    }
    return names.isEmpty ? "" : " with " + names.joined(separator: " and ")
  }
}

/// The parts that do not match a named pattern.
private struct RestOfMolecule {
  private(set) var parts: [Substructure] = []

  init(_ rest: [Int], of molecule: Molecule) {
    let isInRing = { (atom: Int) in
      molecule.bonds(of: atom).contains { molecule.bonds[$0].isInRing }
    }
    let rings = rest.filter(isInRing)
    let carbons = rest.filter { !isInRing($0) && molecule.atoms[$0].element == .carbon }
    let others = rest.filter { !isInRing($0) && molecule.atoms[$0].element != .carbon }
    let connected = { (atoms: [Int]) in
      connectedComponents(
        of: atoms, below: molecule.atoms.count, neighbors: molecule.neighbors(of:)
      ).map { $0.sorted() }
    }
    for atoms in connected(rings) {
      let isAromatic = atoms.contains { molecule.atoms[$0].isAromatic }
      let name = isAromatic ? "other aromatic ring" : "other ring"
      parts.append(Substructure(name: name, plural: name + "s", atoms: atoms))
    }
    for atoms in connected(carbons) {
      parts.append(Self.chain(atoms, in: molecule))
    }
    parts += others.map { Self.single($0, in: molecule) }
  }

  private static func single(_ index: Int, in molecule: Molecule) -> Substructure {
    let atom = molecule.atoms[index]
    let bonds = molecule.bonds(of: index)
    let symbol = atom.element.symbol
    if bonds.isEmpty && atom.charge != 0 {
      let sign = atom.charge > 0 ? "+" : "-"
      let charge = abs(atom.charge) == 1 ? sign : "\(abs(atom.charge))\(sign)"
      return Substructure(
        name: "ion \(symbol)\(charge)", plural: "ions \(symbol)\(charge)", atoms: [index])
    }
    if atom.element == .oxygen, bonds.count == 1, molecule.bonds[bonds[0]].order == 2 {
      return Substructure(name: "oxo group", plural: "oxo groups", atoms: [index])
    }
    return Substructure(name: "atom \(symbol)", plural: "atoms \(symbol)", atoms: [index])
  }

  private static func chain(_ atoms: [Int], in molecule: Molecule) -> Substructure {
    guard atoms.count == 1, let atom = atoms.first else {
      return Substructure(name: "alkyl chain", plural: "alkyl chains", atoms: atoms)
    }
    let name =
      switch molecule.atoms[atom].hydrogens {
      case 3...: "methyl group"
      case 2: "methylene group"
      default: "carbon"
      }
    return Substructure(name: name, plural: name + "s", atoms: atoms)
  }
}
