public import Molecules
public import Tokenizers

/// The scores of a text's pieces, assigned to the atoms and bonds that they cover.
///
/// The sum of atoms, bonds and rest is the sum of the scores, up to rounding.
public struct MoleculeHeat: Sendable, Hashable {
  /// A piece that covers neither an atom nor a bond: branches, dots, special tokens.
  public struct Remainder: Sendable, Hashable {
    public let piece: String
    /// UTF-8 offsets in the text.
    public let utf8Range: Range<Int>
    public let score: Float
  }

  /// One per atom.
  public private(set) var atoms: [Float]
  /// One per bond, which includes its symbol and both ring numbers.
  public private(set) var bonds: [Float]
  /// In the order of the pieces.
  public private(set) var rest: [Remainder] = []
  /// How many pieces cover several atoms, among which their scores were divided equally.
  public private(set) var dividedPieces = 0

  /// - Parameter scores: one per piece; NaN counts as 0.
  ///
  /// A piece that covers atoms is assigned to them, whatever else it covers; otherwise it is
  /// assigned to the bonds that it covers, in equal parts. A piece that covers part of an atom (`l`
  /// of `Cl`) is assigned to the atom.
  public init(_ reading: SMILESReading, pieces: [Piece], scores: [Float]) {
    atoms = [Float](repeating: 0, count: reading.molecule.atoms.count)
    bonds = [Float](repeating: 0, count: reading.molecule.bonds.count)
    for (piece, raw) in zip(pieces, scores) {
      let score = raw.isFinite ? raw : 0
      let owners = Owners(of: piece.utf8Range, in: reading.parts)
      if !owners.atoms.isEmpty {
        if owners.atoms.count > 1 { dividedPieces += 1 }
        for atom in owners.atoms { atoms[atom] += score / Float(owners.atoms.count) }
      } else if !owners.bonds.isEmpty {
        for bond in owners.bonds { bonds[bond] += score / Float(owners.bonds.count) }
      } else {
        rest.append(Remainder(piece: piece.text, utf8Range: piece.utf8Range, score: score))
      }
    }
  }

  /// The sum of the pieces that cover neither an atom nor a bond.
  public var restTotal: Float { rest.reduce(0) { $0 + $1.score } }

  /// The sum of all scores.
  public var total: Float { atoms.reduce(0, +) + bonds.reduce(0, +) + restTotal }

  /// The largest absolute score of an atom or a bond.
  public var largest: Float { (atoms + bonds).map { abs($0) }.max() ?? 0 }
}

extension HeatScale {
  /// The score with the strongest colour: the largest of the molecule, or the same for all.
  public func value(for heat: MoleculeHeat) -> Float {
    switch self {
    case .text: heat.largest
    case .fixed(let value): value
    }
  }
}

/// The atoms and bonds that a range of the text covers, entirely or in part.
private struct Owners {
  var atoms: [Int] = []
  var bonds: [Int] = []

  init(of range: Range<Int>, in parts: [SMILESPart]) {
    guard !range.isEmpty else { return }
    var index = parts.partitioningIndex { $0.range.upperBound > range.lowerBound }
    while index < parts.count, parts[index].range.lowerBound < range.upperBound {
      switch parts[index].kind {
      case .atom(let atom): atoms.append(atom)
      case .bond(let bond), .ringClosure(let bond):
        if !bonds.contains(bond) { bonds.append(bond) }
      case .branchStart, .branchEnd, .dot, .unreadable: break
      }
      index += 1
    }
  }
}
