/// How many bonds an atom makes, hydrogens counted, in ascending order.
///
/// OpenSMILES 1.0, section 3.1.5, for the elements that need no brackets; for the others the valences
/// that they have in organic compounds. An ion bonds as the neutral element with as many electrons.
struct Valence {
  /// Empty where nothing is known, as for metals.
  let values: [Int]

  init(of element: Element, charge: Int = 0) {
    values =
      if element == .nitrogen && charge == 0 { [3, 5] } else {
        Self.ofElectrons[element.atomicNumber &- charge] ?? []
      }
  }

  /// The smallest valence that has room for so many bonds.
  func atLeast(_ bonds: Int) -> Int? { values.first { $0 >= bonds } }

  /// The most bonds that such an atom can have, nil where nothing is known. The halogens and the
  /// heavier elements have more than they need: SF6, ClO4.
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
