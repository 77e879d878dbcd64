internal import Attribution
public import Classifiers
public import Molecules
public import Tokenizers

/// The units of a molecule that can be removed.
public enum MoleculeUnit: String, Sendable, CaseIterable {
  case atom, group, ring

  /// The units of a molecule with their names, in the order of their first atoms. Each atom is in
  /// one group (`Molecule.substructures`), and in any number of rings.
  package func members(of molecule: Molecule) -> [(name: String, atoms: [Int])] {
    switch self {
    case .atom:
      return molecule.atoms.enumerated().map { ("\($1.element.symbol) \($0)", [$0]) }
    case .group:
      return molecule.substructures.map { ($0.name, $0.atoms) }
    case .ring:
      let names = molecule.ringNames
      return molecule.rings.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }.map {
        (names[Set($0)] ?? Self.formula(ofRing: $0, molecule), $0)
      }
    }
  }

  /// `aromatic ring C4Se`, with its elements in Hill order.
  private static func formula(ofRing ring: [Int], _ molecule: Molecule) -> String {
    let symbols = ring.map { molecule.atoms[$0].element.symbol }
    let order = Set(symbols).sorted { ($0 == "C" ? "" : $0) < ($1 == "C" ? "" : $1) }
    let formula = order.map { symbol in
      let count = symbols.filter { $0 == symbol }.count
      return symbol + (count > 1 ? "\(count)" : "")
    }.joined()
    let isAromatic = ring.allSatisfy { molecule.atoms[$0].isAromatic }
    return (isAromatic ? "aromatic ring " : "ring ") + formula
  }
}

/// By how much the score decreases without an atom, a group or a ring.
public struct MoleculeUnitScore: Sendable, Hashable {
  /// `N 6`, `thiophene with chlorine`, `aromatic ring C4Se`.
  public let name: String
  /// Indices into `Molecule.atoms`, in ascending order.
  public let atoms: [Int]
  /// The target's value for the text, minus the value for the text without the unit.
  public let score: Float

  public init(name: String, atoms: [Int], score: Float) {
    self.name = name
    self.atoms = atoms
    self.score = score
  }

  /// The scores of all units of a molecule: the model reads the text once without each unit, whose
  /// tokens are deleted as in `Model.removals`. Costs a pass per unit.
  ///
  /// The symbols and ring numbers of all bonds of the removed atoms are deleted as well, because
  /// these bonds no longer exist, and so are the parentheses of branches that become empty.
  /// - Throws: errors of the model; `CancellationError`.
  public static func scores(
    by unit: MoleculeUnit, of reading: SMILESReading, encoding: Encoding, target: Target,
    prediction: Prediction, model: Model
  ) throws -> [MoleculeUnitScore] {
    let members = unit.members(of: reading.molecule)
    let places = MoleculePieces(reading, encoding.pieces)
    let removals = try model.removals(
      of: members.map { places.pieces(ofAtoms: Set($0.atoms)) }, from: encoding)
    let link = model.classifier.link
    let whole = target.unroundedValue(logits: prediction.logits, link: link)
    return zip(members, removals).map { member, removal in
      MoleculeUnitScore(
        name: member.name, atoms: member.atoms,
        score: Float(whole - target.unroundedValue(logits: removal.logits, link: link)))
    }
  }
}

/// Which pieces cover which atoms.
struct MoleculePieces {
  private let reading: SMILESReading
  private let pieces: [Piece]

  init(_ reading: SMILESReading, _ pieces: [Piece]) {
    self.reading = reading
    self.pieces = pieces
  }

  /// The pieces that belong only to these atoms: they cover the atoms, their bonds, or the
  /// parentheses of branches that become empty. A piece that covers other atoms as well is included
  /// if most of its atoms are.
  func pieces(ofAtoms atoms: Set<Int>) -> [Int] {
    let parts = partsToRemove(atoms)
    return pieces.indices.filter { index in
      let range = pieces[index].utf8Range
      guard !range.isEmpty, !pieces[index].isFrame else { return false }
      let touched = reading.parts.indices.filter { reading.parts[$0].range.overlaps(range) }
      let touchedAtoms = touched.filter { atom(ofPart: $0) != nil }
      let counted = touchedAtoms.isEmpty ? touched : touchedAtoms
      return !counted.isEmpty && 2 * counted.filter(parts.contains).count > counted.count
    }
  }

  private func atom(ofPart part: Int) -> Int? {
    if case .atom(let atom) = reading.parts[part].kind { atom } else { nil }
  }

  private func partsToRemove(_ atoms: Set<Int>) -> Set<Int> {
    let bonds = reading.molecule.bonds
    var removed: Set<Int> = []
    var open: [(part: Int, hasRest: Bool)] = []
    for (index, part) in reading.parts.enumerated() {
      switch part.kind {
      case .atom(let atom):
        if atoms.contains(atom) {
          removed.insert(index)
        } else {
          for level in open.indices { open[level].hasRest = true }
        }
      case .bond(let bond), .ringClosure(let bond):
        if atoms.contains(bonds[bond].from) || atoms.contains(bonds[bond].to) {
          removed.insert(index)
        }
      case .branchStart: open.append((index, false))
      case .branchEnd:
        if let branch = open.popLast(), !branch.hasRest { removed.formUnion([branch.part, index]) }
      case .dot, .unreadable: break
      }
    }
    return removed
  }
}
