/// The possible numbers of bonds of an atom, including hydrogens, in ascending order.
///
/// They follow OpenSMILES 1.0, section 3.1.5, for elements that need no brackets; for the others
/// they are the valences in organic compounds. An ion has the valences of the neutral element with
/// the same number of electrons.
struct Valence {
  /// Empty if they are not known, as for metals.
  let values: [Int]

  init(of element: Element, charge: Int = 0) {
    values =
      if element == .nitrogen && charge == 0 { [3, 5] } else {
        Self.ofElectrons[element.atomicNumber &- charge] ?? []
      }
  }

  /// The smallest valence that is not less than a number of bonds.
  func atLeast(_ bonds: Int) -> Int? { values.first { $0 >= bonds } }

  /// The largest possible number of bonds; nil if it is not known. Halogens and heavier elements
  /// may have more bonds than their valences: SF6, ClO4.
  static func most(of element: Element, charge: Int) -> Int? {
    if element == .nitrogen && charge == 0 { return 5 }
    return switch element.atomicNumber &- charge {
    case 5: 3
    case 6: 4
    case 7: 3
    case 8: 2
    case 9: 1
    case 14, 15, 33: 6
    case 16, 34, 52: 6
    case 17, 35, 53: 7
    default: nil
    }
  }

  private static let ofElectrons: [Int: [Int]] = [
    1: [1], 5: [3], 6: [4], 7: [3], 8: [2], 9: [1], 14: [4], 15: [3, 5], 16: [2, 4, 6], 17: [1],
    32: [4], 33: [3, 5], 34: [2, 4, 6], 35: [1], 52: [2, 4, 6], 53: [1],
  ]
}
