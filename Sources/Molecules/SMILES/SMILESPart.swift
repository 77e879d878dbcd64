/// What a stretch of a SMILES says.
public struct SMILESPart: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// An atom with its brackets: its number in `Molecule.atoms`.
    case atom(Int)
    /// The sign of a bond: its number in `Molecule.bonds`.
    case bond(Int)
    /// A number that opens or closes a ring, with its `%`: the number of the ring bond.
    case ringClosure(Int)
    /// `(`
    case branchStart
    /// `)`
    case branchEnd
    /// `.`
    case dot
    /// What could not be read, or is not whole yet: a problem says why.
    case unreadable
  }

  public let kind: Kind
  /// As UTF-8 offsets in the text, never empty.
  public let range: Range<Int>
}
