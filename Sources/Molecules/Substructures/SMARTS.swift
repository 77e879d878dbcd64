/// A pattern of atoms and bonds, in the subset of SMARTS that the names of substructures need
/// (https://www.daylight.com/dayhtml/doc/theory/theory.smarts.html): elements, `a A *`, `#n Dn Xn
/// Hn Rn`, charges, `! & , ;`, `$(…)`; the bonds `- = # : ~ @ !@`; branches and ring numbers of one
/// digit.
public struct SMARTS: Sendable {
  let atoms: [AtomTest]
  /// From an atom with a smaller index to one with a larger index. Each atom but the first has a
  /// bond to an earlier one.
  let bonds: [BondPattern]

  struct BondPattern: Sendable {
    let from: Int
    let to: Int
    let test: BondTest
  }

  /// nil if the text is not such a pattern.
  public init?(_ text: String) {
    var parser = SMARTSParser(text)
    guard let pattern = parser.pattern(), parser.isAtEnd else { return nil }
    self = pattern
  }

  init(atoms: [AtomTest], bonds: [BondPattern]) {
    self.atoms = atoms
    self.bonds = bonds
  }
}

/// A condition for an atom.
indirect enum AtomTest: Sendable {
  case any
  case aromatic
  case aliphatic
  case element(Element, isAromatic: Bool?)
  /// The number of neighbours that are atoms.
  case degree(Int)
  /// The number of neighbours including hydrogens.
  case connections(Int)
  case hydrogens(Int)
  case charge(Int)
  case inRing
  case within(SMARTS)
  case not(AtomTest)
  case all([AtomTest])
  case either([AtomTest])
}

/// A condition for a bond.
indirect enum BondTest: Sendable {
  case any
  /// A bond without a symbol: single or aromatic.
  case plain
  case order(Int)
  case aromatic
  case inRing
  case not(BondTest)
  case all([BondTest])
}
