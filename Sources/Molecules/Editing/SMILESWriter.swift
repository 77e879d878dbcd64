/// A SMILES with the range of each atom of the molecule.
public struct WrittenSMILES: Sendable, Hashable {
  public let text: String
  /// One per atom, in the order of the molecule, as UTF-8 offsets in `text`.
  public let ranges: [Range<Int>]
}

extension Molecule {
  /// The molecule written in its own order, with the symbols of atoms and bonds in the text. Ring
  /// numbers may differ.
  public var smiles: WrittenSMILES {
    SMILESWriter(self) { _, bonds in
      bonds.filter { !self.bonds[$0].isRingClosure } + bonds.filter { self.bonds[$0].isRingClosure }
    }.written
  }

  /// The same molecule with a random first atom and a random order of branches. Chirality and the
  /// configuration of double bonds are kept.
  ///
  /// A molecule with a stereocenter that is not tetrahedral, or that has too few or too many
  /// neighbours, is written as `smiles`.
  public func randomSMILES(
    using generator: inout some RandomNumberGenerator
  ) -> WrittenSMILES {
    let areTetrahedra = atoms.indices.allSatisfy {
      atoms[$0].chirality == nil
        || atoms[$0].chirality?.shape == .tetrahedral
          && (3...4).contains(stereoNeighbors(of: $0).count)
    }
    guard areTetrahedra else { return smiles }
    let starts = atoms.indices.shuffled(using: &generator)
    return SMILESWriter(self, starts: starts) { _, bonds in
      bonds.shuffled(using: &generator)
    }.written
  }
}

/// Writes a molecule by a depth-first traversal.
private struct SMILESWriter {
  private let molecule: Molecule
  /// The bonds from an atom to the atoms after it, in the order of the text; the last one is not a
  /// branch.
  private var following: [[Int]]
  /// The ring bonds of an atom, in the order of the text.
  private var closures: [[Int]]
  private var arrival: [Int?]
  private var roots: [Int] = []

  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>]
  private var numbers: [Int: Int] = [:]
  private var isTaken: [Bool] = [true]

  /// - Parameter order: the order in which an atom's bonds are followed.
  init(
    _ molecule: Molecule, starts: [Int]? = nil, order: (Int, [Int]) -> [Int]
  ) {
    self.molecule = molecule
    following = Array(repeating: [], count: molecule.atoms.count)
    closures = following
    arrival = Array(repeating: nil, count: molecule.atoms.count)
    ranges = Array(repeating: 0..<0, count: molecule.atoms.count)
    walk(starts ?? Array(molecule.atoms.indices), order)
  }

  var written: WrittenSMILES {
    var writer = self
    writer.write()
    return WrittenSMILES(
      text: String(decoding: writer.bytes, as: UTF8.self), ranges: writer.ranges)
  }

  private mutating func walk(_ starts: [Int], _ order: (Int, [Int]) -> [Int]) {
    var isSeen = [Bool](repeating: false, count: molecule.atoms.count)
    for start in starts where !isSeen[start] {
      roots.append(start)
      isSeen[start] = true
      var path = [(atom: start, bonds: order(start, molecule.bonds(of: start)), next: 0)]
      while let (atom, bonds, next) = path.last {
        guard next < bonds.count else {
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let bond = bonds[next]
        let neighbor = molecule.bonds[bond].other(than: atom)
        if !isSeen[neighbor] {
          isSeen[neighbor] = true
          arrival[neighbor] = bond
          following[atom].append(bond)
          path.append((neighbor, order(neighbor, molecule.bonds(of: neighbor)), 0))
        } else if bond != arrival[atom], !closures[atom].contains(bond),
          !following[atom].contains(bond)
        {
          // From an atom to an earlier one, which opens the ring.
          closures[neighbor].append(bond)
          closures[atom].append(bond)
        }
      }
    }
  }

  private enum Step {
    case atom(Int)
    case sign(UInt8)
  }

  private mutating func write() {
    for (index, root) in roots.enumerated() {
      if index > 0 { bytes.append(0x2E) }
      var steps = [Step.atom(root)]
      while let step = steps.popLast() {
        switch step {
        case .sign(let byte): bytes.append(byte)
        case .atom(let atom):
          if let bond = arrival[atom] { write(bond: bond, to: atom) }
          write(atom: atom)
          let next = following[atom].map { molecule.bonds[$0].other(than: atom) }
          for (place, child) in next.enumerated().reversed() {
            if place == next.count - 1 {
              steps.append(.atom(child))
            } else {
              steps += [.sign(0x29), .atom(child), .sign(0x28)]
            }
          }
        }
      }
    }
  }

  private mutating func write(atom index: Int) {
    var atom = molecule.atoms[index]
    if atom.chirality?.shape == .tetrahedral, isOdd(index) {
      atom.chirality = atom.chirality == .clockwise ? .counterclockwise : .clockwise
    }
    let start = bytes.count
    bytes += atom.smiles.utf8
    ranges[index] = start..<bytes.count
    for bond in closures[index] {
      if let number = numbers[bond] {
        write(number: number)
        isTaken[number] = false
        numbers[bond] = nil
      } else {
        let number = isTaken.firstIndex(of: false) ?? isTaken.count
        if number == isTaken.count { isTaken.append(true) }
        isTaken[number] = true
        numbers[bond] = number
        write(bond: bond, to: molecule.bonds[bond].other(than: index))
        write(number: number)
      }
    }
  }

  private mutating func write(number: Int) {
    switch number {
    case ..<10: bytes += "\(number)".utf8
    case ..<100: bytes += "%\(number)".utf8
    default: bytes += "%(\(number))".utf8
    }
  }

  private mutating func write(bond index: Int, to atom: Int) {
    let bond = molecule.bonds[index]
    let ends = [molecule.atoms[bond.from], molecule.atoms[bond.to]]
    let areAromatic = ends.allSatisfy(\.isWrittenAromatic)
    if bond.isWrittenAromatic { return areAromatic ? () : bytes.append(0x3A) }
    switch bond.order {
    case 2: bytes.append(0x3D)
    case 3: bytes.append(0x23)
    case 4: bytes.append(0x24)
    default:
      if let direction = bond.direction {
        let seen = bond.to == atom ? direction : direction.reversed
        bytes.append(seen == .up ? 0x2F : 0x5C)
      } else if areAromatic, bond.isInRing || !bond.ranges.isEmpty {
        bytes.append(0x2D)
      }
    }
  }

  /// Whether the neighbours are in an odd permutation of the order to which the chirality refers.
  private func isOdd(_ atom: Int) -> Bool {
    let before = molecule.spatialOrder(of: atom, molecule.neighbors(of: atom))
    let bonds = (arrival[atom].map { [$0] } ?? []) + closures[atom] + following[atom]
    let neighbors = bonds.map { molecule.bonds[$0].other(than: atom) }
    let after = molecule.spatialOrder(of: atom, neighbors, follows: arrival[atom] != nil)
    return Permutation.isOdd(from: before, to: after)
  }
}

extension Molecule {
  /// The neighbours, with nil for hydrogens that are not atoms, or for the lone pair of an atom
  /// with three neighbours. The nil comes first, or second if an atom precedes.
  func spatialOrder(of atom: Int, _ neighbors: [Int], follows: Bool? = nil) -> [Int?] {
    var order: [Int?] = neighbors
    let missing = max(min(atoms[atom].hydrogens, 4), neighbors.count == 3 ? 1 : 0)
    order.insert(
      contentsOf: [Int?](repeating: nil, count: missing),
      at: follows ?? followsAnAtom(atom) ? 1 : 0)
    return order
  }
}

enum Permutation {
  /// Whether one order is an odd permutation of the other.
  static func isOdd(from before: [Int?], to after: [Int?]) -> Bool {
    var order = after
    var isOdd = false
    for index in before.indices where index < order.count && order[index] != before[index] {
      guard let place = order[index...].firstIndex(of: before[index]) else { continue }
      order.swapAt(index, place)
      isOdd.toggle()
    }
    return isOdd
  }
}

extension Atom {
  /// How it is written.
  var smiles: String {
    let symbol = isWrittenAromatic ? element.symbol.lowercased() : element.symbol
    guard isBracketed else { return symbol }
    var text = "[" + (isotope.map(String.init) ?? "") + symbol + (chirality?.smiles ?? "")
    if explicitHydrogens > 0 {
      text += explicitHydrogens == 1 ? "H" : "H\(explicitHydrogens)"
    }
    if charge != 0 {
      let sign = charge > 0 ? "+" : "-"
      text += abs(charge) == 1 ? sign : "\(sign)\(abs(charge))"
    }
    return text + (atomClass.map { ":\($0)" } ?? "") + "]"
  }
}
