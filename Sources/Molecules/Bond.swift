/// A bond between two atoms, which are indices into `Molecule.atoms`.
public struct Bond: Sendable, Hashable {
  /// The position of the second atom, seen from the first, as given by a mark next to a double
  /// bond.
  public enum Direction: Sendable, Hashable {
    /// `/`: the second atom is above the first.
    case up
    /// `\`: the second atom is below the first.
    case down

    var reversed: Direction { self == .up ? .down : .up }
  }

  /// The atom that comes first in the text; of a ring closure, the one that opens the ring.
  public var from: Int
  public var to: Int
  /// 1 to 4; in an aromatic ring, the order in one Kekulé structure.
  public var order = 1
  /// Whether it is aromatic by RDKit's default model. If the text has mistakes: as written.
  public var isAromatic = false
  /// Whether it is written as aromatic: as `:`, or without a symbol between two aromatic atoms of a
  /// ring.
  public var isWrittenAromatic = false
  /// `/` or `\`, in the direction from `from` to `to`.
  public var direction: Direction?
  public var isRingClosure = false
  /// Whether it is part of any ring.
  public var isInRing = false
  /// Its ranges in the text, as UTF-8 offsets: its symbol, and both numbers of a ring closure.
  /// Empty if the bond has no symbol.
  public var ranges: [Range<Int>] = []

  init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  /// The atom at the other end.
  public func other(than atom: Int) -> Int { atom == from ? to : from }
}
