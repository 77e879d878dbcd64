/// What is wrong with a SMILES, as facts, and where.
public struct SMILESProblem: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// There is no atom in the text.
    case noAtoms
    /// A character that has no meaning here.
    case unexpectedCharacter
    /// Letters that are no element, or one that only brackets may hold.
    case unknownElement(String)
    /// Brackets that are never closed.
    case unclosedBracket
    /// Brackets that hold something else than isotope, element, chirality, hydrogens, charge, class.
    case invalidBracket
    /// A number with more digits than it can have.
    case numberTooLarge
    /// A `%` without two digits, or without digits in parentheses.
    case invalidRingNumber
    /// A bond without an atom on one of its sides.
    case bondWithoutAtom
    /// A ring number, a parenthesis or a dot that no atom precedes.
    case nothingBefore
    /// A parenthesis that nothing opened.
    case unopenedBranch
    /// A parenthesis that is never closed.
    case unclosedBranch
    /// Parentheses with nothing between them.
    case emptyBranch
    /// A ring number that stands only once.
    case unclosedRing(Int)
    /// A ring bond that is written as one kind here and as another where it was opened.
    case conflictingRing(Int)
    /// A ring bond that would bind an atom to itself.
    case ringOfOneAtom(Int)
    /// A ring bond between atoms that have a bond already.
    case ringOfTwoAtoms(Int)
    /// More text after white space.
    case textAfterSpace
    /// Aromatic atoms that no alternation of single and double bonds fits. The range is the first such
    /// atom.
    case notKekulizable
    /// An atom with more bonds than its element can have.
    case valence(element: Element, charge: Int, found: Int, allowed: Int)
  }

  public let kind: Kind
  /// Where, as UTF-8 offsets in the text.
  public let range: Range<Int>

  public init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  /// A molecule that can be read but cannot be.
  public var isWarning: Bool {
    if case .valence = kind { true } else { false }
  }
}
