public import Molecules
public import Tokenizers

/// Scores of a text's pieces, given to the atoms and bonds that they stand on.
///
/// Atoms, bonds and rest together are the sum of the scores, to rounding.
public struct MoleculeHeat: Sendable, Hashable {
  /// What stands on neither an atom nor a bond: branches, dots, the frame of the text.
  public struct Remainder: Sendable, Hashable {
    public let piece: String
    /// UTF-8 offsets in the text.
    public let utf8Range: Range<Int>
    public let score: Float
  }

  /// One an atom.
  public private(set) var atoms: [Float]
  /// One a bond: of its sign and of both its ring numbers.
  public private(set) var bonds: [Float]
  /// In the order of the pieces.
  public private(set) var rest: [Remainder] = []
  /// How many pieces stand on several atoms, among which each was divided in equal parts.
  public private(set) var dividedPieces = 0

  /// - Parameter scores: one a piece; what is no number counts as 0.
  ///
  /// A piece on atoms belongs to them, whatever else it covers; else one on bonds to those, in equal
  /// parts. A piece on a part of an atom (`l` of `Cl`) belongs to the atom.
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

  /// The sum of what stands on neither an atom nor a bond.
  public var restTotal: Float { rest.reduce(0) { $0 + $1.score } }

  /// The sum of all scores.
  public var total: Float { atoms.reduce(0, +) + bonds.reduce(0, +) + restTotal }

  /// The largest absolute score of an atom or a bond.
  public var largest: Float { (atoms + bonds).map { abs($0) }.max() ?? 0 }
}

extension HeatScale {
  /// The score that gets the strongest paint: of the molecule, or of all.
  public func value(for heat: MoleculeHeat) -> Float {
    switch self {
    case .text: heat.largest
    case .fixed(let value): value
    }
  }
}

/// The atoms and bonds that a stretch of the text stands on, wholly or partly.
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

extension [SMILESPart] {
  /// The first that fulfils what all after it fulfil too.
  fileprivate func partitioningIndex(where belongs: (SMILESPart) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
