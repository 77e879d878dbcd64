/// A pattern of atoms and bonds in the part of SMARTS that the names of substructures need
/// (https://www.daylight.com/dayhtml/doc/theory/theory.smarts.html): elements, `a A *`, `#n Dn Xn Hn Rn`,
/// charges, `! & , ;`, `$(…)`; the bonds `- = # : ~ @ !@`; branches and ring numbers of one digit.
public struct SMARTS: Sendable {
  let atoms: [AtomTest]
  /// From a smaller atom to a larger one. Each atom but the first has a bond to one before it.
  let bonds: [BondPattern]

  struct BondPattern: Sendable {
    let from: Int
    let to: Int
    let test: BondTest
  }

  /// Nil of a text that is no such pattern.
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

/// What a pattern asks of an atom.
indirect enum AtomTest: Sendable {
  case any
  case aromatic
  case aliphatic
  case element(Element, isAromatic: Bool?)
  /// Neighbours that are atoms.
  case degree(Int)
  /// Neighbours with hydrogens.
  case connections(Int)
  case hydrogens(Int)
  case charge(Int)
  case inRing
  case within(SMARTS)
  case not(AtomTest)
  case all([AtomTest])
  case either([AtomTest])
}

/// What a pattern asks of a bond.
indirect enum BondTest: Sendable {
  case any
  /// Nothing between two atoms: single or aromatic.
  case plain
  case order(Int)
  case aromatic
  case inRing
  case not(BondTest)
  case all([BondTest])
}
