public import Molecules

extension SMILESProblem {
  /// The error as a sentence, without its place.
  public var sentence: String {
    switch kind {
    case .noAtoms: "there is no atom"
    case .unexpectedCharacter: "this character is not valid here"
    case .unknownElement(let letters):
      Element(symbol: letters) == nil
        ? "'\(letters)' is not an element" : "\(letters) needs brackets: [\(letters)]"
    case .unclosedBracket: "the bracket is never closed"
    case .invalidBracket:
      "brackets hold isotope, element, chirality, hydrogens, charge and class, in this order: "
        + "[13C@@H+:1]"
    case .numberTooLarge: "the number has too many digits"
    case .invalidRingNumber: "% needs two digits, or a number in parentheses: %12, %(123)"
    case .bondWithoutAtom: "the bond has no atom on one of its sides"
    case .nothingBefore: "there is no atom before this"
    case .unopenedBranch: "no parenthesis is open here"
    case .unclosedBranch: "the parenthesis is never closed"
    case .emptyBranch: "the parentheses are empty"
    case .unclosedRing(let number): "ring \(number) is opened and never closed"
    case .conflictingRing(let number):
      "ring \(number) closes with another kind of bond than it was opened with"
    case .ringOfOneAtom(let number): "ring \(number) would bind an atom to itself"
    case .ringOfTwoAtoms(let number): "ring \(number) would bind two atoms a second time"
    case .textAfterSpace: "a SMILES has no spaces; the text after the space is not read"
    case .notKekulizable:
      "no alternation of single and double bonds fits the aromatic atoms; is a hydrogen missing, "
        + "as in [nH]?"
    case .valence(let element, let charge, let found, let allowed):
      "\(element.symbol)\(Self.written(charge: charge)) has \(found) bonds, and can have \(allowed)"
    }
  }

  private static func written(charge: Int) -> String {
    switch charge {
    case 0: ""
    case 1: "+"
    case -1: "-"
    default: charge > 0 ? "+\(charge)" : "\(charge)"
    }
  }
}

extension DepictionRefusal {
  /// Why there is no drawing, as a sentence.
  public var sentence: String {
    switch self {
    case .noAtoms: "there is no atom to draw"
    case .tooManyAtoms(let count, let limit):
      "the molecule has \(count) atoms; up to \(limit) are drawn"
    case .tooManyParts(let count, let limit):
      "the text names \(count) molecules; up to \(limit) are drawn"
    case .tooManyNeighbors(_, let count, let limit):
      "an atom has \(count) neighbours; up to \(limit) can be placed around it"
    case .tooManyRings(let count, let limit):
      "the molecule has \(count) fused rings; up to \(limit) are drawn"
    case .noLayout: "no layout was found for its atoms"
    }
  }
}
