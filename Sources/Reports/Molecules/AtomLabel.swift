package import Molecules

/// The label of an atom as chemists write it; a carbon usually has none.
package struct AtomLabel: Sendable, Hashable {
  /// `C`, `Cl`, `*`.
  package let symbol: String
  package let isotope: Int?
  package let hydrogens: Int
  package let charge: Int

  /// - Returns: nil for a carbon without charge, isotope and radical electrons, unless it has no
  ///   bonds.
  package init?(_ index: Int, of molecule: Molecule) {
    let atom = molecule.atoms[index]
    let isPlainCarbon =
      atom.element.symbol == "C" && atom.charge == 0 && atom.isotope == nil
      && !molecule.bonds(of: index).isEmpty
    if isPlainCarbon, !atom.isBracketed || Self.valence(index, of: molecule) == 4 { return nil }
    self.init(always: atom)
  }

  /// A label for any atom, including carbon.
  package init(always atom: Atom) {
    symbol = atom.element.symbol
    isotope = atom.isotope
    hydrogens = atom.hydrogens
    charge = atom.charge
  }

  private static func valence(_ atom: Int, of molecule: Molecule) -> Int {
    molecule.atoms[atom].hydrogens
      + molecule.bonds(of: atom).reduce(0) { $0 + molecule.bonds[$1].order }
  }

  /// `H`, `H2`.
  package var hydrogenText: String {
    switch hydrogens {
    case 0: ""
    case 1: "H"
    default: "H\(hydrogens)"
    }
  }

  /// `⁺`, `²⁻`; in ASCII `+`, `2-`.
  package func chargeText(isASCII: Bool) -> String {
    guard charge != 0 else { return "" }
    let number = abs(charge) == 1 ? "" : Self.raised(abs(charge), isASCII)
    return number + (charge > 0 ? (isASCII ? "+" : "⁺") : (isASCII ? "-" : "⁻"))
  }

  /// `¹³`; in ASCII `13`.
  package func isotopeText(isASCII: Bool) -> String {
    isotope.map { Self.raised($0, isASCII) } ?? ""
  }

  private static func raised(_ number: Int, _ isASCII: Bool) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return isASCII
      ? String(number)
      : String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}
