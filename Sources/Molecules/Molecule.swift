/// Atoms and bonds in the order of a SMILES. There may be several parts without a bond between
/// them.
public struct Molecule: Sendable, Hashable {
  /// The text from which it was read, to which all ranges refer.
  public let text: String
  public internal(set) var atoms: [Atom]
  public internal(set) var bonds: [Bond]
  /// The smallest rings, each as atoms in cyclic order: one cycle of each family of relevant cycles
  /// (Vismara 1997, doi:10.37236/1325). Ring systems with more than 500 bonds have none.
  public internal(set) var rings: [[Int]] = []
  /// The bonds of an atom in the order of the text: from the atom before it, then ring closures,
  /// then branches and the rest of the chain.
  let incident: [[Int]]

  init(text: String, atoms: [Atom], bonds: [Bond], incident: [[Int]]) {
    self.text = text
    self.atoms = atoms
    self.bonds = bonds
    self.incident = incident
  }

  /// The bonds of an atom, in the order of the text.
  public func bonds(of atom: Int) -> [Int] { incident[atom] }

  /// The atoms to which it is bound, in the order of the text.
  public func neighbors(of atom: Int) -> [Int] {
    incident[atom].map { bonds[$0].other(than: atom) }
  }

  public func bond(between first: Int, and second: Int) -> Int? {
    incident[first].first { bonds[$0].other(than: first) == second }
  }

  /// The neighbours in the order to which `chirality` refers; nil stands for a hydrogen that is not
  /// an atom.
  public func stereoNeighbors(of atom: Int) -> [Int?] {
    var order: [Int?] = neighbors(of: atom)
    let hydrogens = [Int?](repeating: nil, count: min(atoms[atom].hydrogens, 4))
    order.insert(contentsOf: hydrogens, at: followsAnAtom(atom) ? 1 : 0)
    return order
  }

  /// Whether the atom is bound to an earlier atom of the text.
  func followsAnAtom(_ atom: Int) -> Bool {
    guard let first = incident[atom].first else { return false }
    return bonds[first].to == atom && !bonds[first].isRingClosure
  }

  /// The sum of the orders of its bonds, not counting hydrogens that are not atoms.
  func bondOrders(of atom: Int) -> Int {
    incident[atom].reduce(0) { $0 + bonds[$1].order }
  }

  /// The connected parts, each as its atoms in the order of the text.
  public var components: [[Int]] {
    connectedComponents(of: atoms.indices, below: atoms.count, neighbors: neighbors(of:))
      .map { $0.sorted() }
  }
}
