internal import TerminalUI

/// Where an atom's hydrogens are written, relative to its symbol.
package enum HydrogenSide: Sendable, Hashable, CaseIterable {
  case right, left, below, above

  /// The sides, starting with the one that is farthest from the bonds. Directions of more than 60°
  /// from all bonds are equally good, and are then in the order of the cases.
  ///
  /// An atom without bonds has its hydrogens first if its element is in the last two groups before
  /// the noble gases, as in formulas: H2O, HCl, but NH3.
  /// - Parameter directions: unit vectors of the bonds, where y points up.
  static func ranked(_ directions: [SIMD2<Float>], symbol: String) -> [HydrogenSide] {
    if directions.isEmpty, ["O", "S", "Se", "Te", "F", "Cl", "Br", "I"].contains(symbol) {
      return [.left]
    }
    let crowd = allCases.map { side in
      max(0.5, directions.map { ($0 * side.direction).sum() }.max() ?? 0)
    }
    return allCases.indices.sorted { (crowd[$0], $0) < (crowd[$1], $1) }.map { allCases[$0] }
  }

  private var direction: SIMD2<Float> {
    switch self {
    case .right: SIMD2(1, 0)
    case .left: SIMD2(-1, 0)
    case .below: SIMD2(0, -1)
    case .above: SIMD2(0, 1)
    }
  }
}

/// The cells of an atom's letters: its symbol at the atom, its hydrogens on a side without bonds.
struct LabelPlacement {
  /// A run of letters, by its position relative to the atom's cell.
  struct Part {
    let column: Int
    let row: Int
    let text: String
    /// The column of each letter.
    let columns: Int

    init(column: Int, row: Int, text: String) {
      (self.column, self.row, self.text) = (column, row, text)
      columns = text.count
    }

    func cells(around atom: Position) -> [Position] {
      (0..<columns).map { Position(column: atom.column + column + $0, row: atom.row + row) }
    }
  }

  /// In order of preference.
  let choices: [[Part]]

  /// - Parameter directions: unit vectors of the bonds, where y points up.
  init(_ label: AtomLabel, directions: [SIMD2<Float>], isASCII: Bool) {
    let (symbol, hydrogens) = (label.symbol, label.hydrogenText)
    let charge = label.chargeText(isASCII: isASCII)
    let isotope = label.isotopeText(isASCII: isASCII)
    // A bond from the right ends at the last letter of Cl, one from the left at its first.
    let lean = directions.reduce(0) { $0 + $1.x }
    let shift = lean > 0.3 ? 1 - symbol.count : 0
    let start = shift - isotope.count
    let sides =
      hydrogens.isEmpty ? [HydrogenSide.right] : HydrogenSide.ranked(directions, symbol: symbol)
    choices = sides.map { side in
      let alone = Part(column: start, row: 0, text: isotope + symbol + charge)
      return switch side {
      case .right: [Part(column: start, row: 0, text: isotope + symbol + hydrogens + charge)]
      case .left:
        [
          Part(
            column: start - hydrogens.count, row: 0, text: hydrogens + isotope + symbol + charge)
        ]
      case .below: [alone, Part(column: shift, row: 1, text: hydrogens)]
      case .above: [alone, Part(column: shift, row: -1, text: hydrogens)]
      }
    }
  }
}
