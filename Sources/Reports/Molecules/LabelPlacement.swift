internal import TerminalUI

/// Where an atom's hydrogens stand, seen from its symbol.
package enum HydrogenSide: Sendable, Hashable, CaseIterable {
  case right, left, below, above

  /// The sides from the one that bonds leave freest to the one that they fill most; what is beyond 60°
  /// from all bonds is equally free, and then the order above counts.
  ///
  /// Of an atom alone, formulas have the hydrogens first where its element is among the last two groups
  /// before the noble gases: H2O, HCl, but NH3.
  /// - Parameter directions: of the bonds, y upwards, each of length 1.
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

/// Where the letters of an atom go in cells: its symbol where the atom is, its hydrogens on a side that
/// no bond takes.
struct LabelPlacement {
  /// A stretch of letters, by its place relative to the atom's cell.
  struct Part {
    let column: Int
    let row: Int
    let text: String
    /// One a letter.
    let columns: Int

    init(column: Int, row: Int, text: String) {
      (self.column, self.row, self.text) = (column, row, text)
      columns = text.count
    }

    func cells(around atom: Position) -> [Position] {
      (0..<columns).map { Position(column: atom.column + column + $0, row: atom.row + row) }
    }
  }

  /// In the order in which they are tried.
  let choices: [[Part]]

  /// - Parameter directions: of the bonds, y upwards, each of length 1.
  init(_ label: AtomLabel, directions: [SIMD2<Float>], isASCII: Bool) {
    let (symbol, hydrogens) = (label.symbol, label.hydrogenText)
    let charge = label.chargeText(isASCII: isASCII)
    let isotope = label.isotopeText(isASCII: isASCII)
    // A bond from the right meets the last letter of Cl, one from the left its first.
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
