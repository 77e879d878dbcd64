/// Atoms and bonds, in the order in which a SMILES names them. It may have several parts without a bond
/// between them.
public struct Molecule: Sendable, Hashable {
  /// The text that it was read from, with which all ranges agree.
  public let text: String
  public internal(set) var atoms: [Atom]
  public internal(set) var bonds: [Bond]
  /// The smallest rings, each as atoms in cyclic order: of every minimum cycle basis one member a
  /// family (Vismara 1997, doi:10.37236/1325). None of ring systems with more than 500 bonds.
  public internal(set) var rings: [[Int]] = []
  /// The bonds of an atom in the order in which the text has them: from the atom before it, then ring
  /// closures, then branches and the rest of the chain.
  let incident: [[Int]]

  init(text: String, atoms: [Atom], bonds: [Bond], incident: [[Int]]) {
    self.text = text
    self.atoms = atoms
    self.bonds = bonds
    self.incident = incident
  }

  /// The bonds of an atom, in the order of the text.
  public func bonds(of atom: Int) -> [Int] { incident[atom] }

  /// The atoms that it is bound to, in the order of the text.
  public func neighbors(of atom: Int) -> [Int] {
    incident[atom].map { bonds[$0].other(than: atom) }
  }

  public func bond(between first: Int, and second: Int) -> Int? {
    incident[first].first { bonds[$0].other(than: first) == second }
  }

  /// The neighbours to which `chirality` refers, in its order; nil stands for a hydrogen that is no atom
  /// of its own.
  public func stereoNeighbors(of atom: Int) -> [Int?] {
    var order: [Int?] = neighbors(of: atom)
    let hydrogens = [Int?](repeating: nil, count: min(atoms[atom].hydrogens, 4))
    order.insert(contentsOf: hydrogens, at: followsAnAtom(atom) ? 1 : 0)
    return order
  }

  /// Whether the text has an atom before this one that it is bound to.
  func followsAnAtom(_ atom: Int) -> Bool {
    guard let first = incident[atom].first else { return false }
    return bonds[first].to == atom && !bonds[first].isRingClosure
  }

  /// The sum of the orders of its bonds, without hydrogens that are no atoms.
  func bondOrders(of atom: Int) -> Int {
    incident[atom].reduce(0) { $0 + bonds[$1].order }
  }

  /// The parts without a bond between them, each as its atoms in the order of the text.
  public var components: [[Int]] {
    var part = [Int](repeating: -1, count: atoms.count)
    var found: [[Int]] = []
    for start in atoms.indices where part[start] < 0 {
      part[start] = found.count
      var members = [start]
      var next = 0
      while next < members.count {
        for neighbor in neighbors(of: members[next]) where part[neighbor] < 0 {
          part[neighbor] = found.count
          members.append(neighbor)
        }
        next += 1
      }
      found.append(members.sorted())
    }
    return found
  }
}
