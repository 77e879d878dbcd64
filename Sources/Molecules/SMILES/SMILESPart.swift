/// A part of a SMILES text, and what it represents.
public struct SMILESPart: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// An atom with its brackets: its index in `Molecule.atoms`.
    case atom(Int)
    /// The symbol of a bond: its index in `Molecule.bonds`.
    case bond(Int)
    /// A number that opens or closes a ring, including `%`: the index of the ring bond.
    case ringClosure(Int)
    /// `(`
    case branchStart
    /// `)`
    case branchEnd
    /// `.`
    case dot
    /// Text that cannot be read, or that is incomplete; a problem gives the reason.
    case unreadable
  }

  public let kind: Kind
  /// As UTF-8 offsets in the text, never empty.
  public let range: Range<Int>
}
