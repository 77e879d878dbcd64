/// A bond between two atoms, which are numbers in `Molecule.atoms`.
public struct Bond: Sendable, Hashable {
  /// Where a mark beside a double bond puts the second atom, seen from the first.
  public enum Direction: Sendable, Hashable {
    /// `/`: the second atom is above the first.
    case up
    /// `\`: the second atom is below the first.
    case down

    var reversed: Direction { self == .up ? .down : .up }
  }

  /// The atom that stands first in the text; of a ring closure the one where the ring is opened.
  public var from: Int
  public var to: Int
  /// 1 to 4. In an aromatic ring the order of one Kekulé structure.
  public var order = 1
  /// Whether it is aromatic, as RDKit's default model has it. Where the text has mistakes: as written.
  public var isAromatic = false
  /// Whether it is written as aromatic: by `:`, or by nothing between two aromatic atoms of a ring.
  public var isWrittenAromatic = false
  /// `/` or `\`, seen from `from` to `to`.
  public var direction: Direction?
  public var isRingClosure = false
  /// Whether it is part of any ring.
  public var isInRing = false
  /// The text that it stands on, as UTF-8 offsets: its sign, and of a ring closure both numbers.
  /// Empty where a bond is written as nothing.
  public var ranges: [Range<Int>] = []

  init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  /// The other end.
  public func other(than atom: Int) -> Int { atom == from ? to : from }
}
