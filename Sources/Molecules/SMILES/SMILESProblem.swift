/// An error in a SMILES, as facts, and its place.
public struct SMILESProblem: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// There is no atom in the text.
    case noAtoms
    /// A character that has no meaning at this place.
    case unexpectedCharacter
    /// Letters that are not an element, or an element that must be in brackets.
    case unknownElement(String)
    /// Brackets that are not closed.
    case unclosedBracket
    /// Brackets whose contents are not isotope, element, chirality, hydrogens, charge and class.
    case invalidBracket
    /// A number with more digits than it can have.
    case numberTooLarge
    /// A `%` without two digits, or without digits in parentheses.
    case invalidRingNumber
    /// A bond without an atom at one end.
    case bondWithoutAtom
    /// A ring number, a parenthesis or a dot without an atom before it.
    case nothingBefore
    /// A closing parenthesis without an opening one.
    case unopenedBranch
    /// A parenthesis that is not closed.
    case unclosedBranch
    /// Parentheses with nothing between them.
    case emptyBranch
    /// A ring number that occurs only once.
    case unclosedRing(Int)
    /// A ring bond whose two ends specify different kinds of bonds.
    case conflictingRing(Int)
    /// A ring bond that would bind an atom to itself.
    case ringOfOneAtom(Int)
    /// A ring bond between atoms that already have a bond.
    case ringOfTwoAtoms(Int)
    /// More text after white space.
    case textAfterSpace
    /// Aromatic atoms without an alternation of single and double bonds. The range is that of the
    /// first such atom.
    case notKekulizable
    /// An atom with more bonds than its element can have.
    case valence(element: Element, charge: Int, found: Int, allowed: Int)
  }

  public let kind: Kind
  /// Its range, as UTF-8 offsets in the text.
  public let range: Range<Int>

  public init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// Whether the text is valid, but the molecule cannot exist.
  public var isWarning: Bool {
    if case .valence = kind { true } else { false }
  }
}
