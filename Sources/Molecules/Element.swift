/// A chemical element, or `*`, which stands for any element.
public struct Element: Sendable, Hashable {
  /// The number of protons, 1 to 118; 0 for `*`.
  public let atomicNumber: Int

  /// The element with this symbol, in its usual form: `C`, `Cl`, `*`.
  public init?(symbol: String) {
    guard let number = Self.numbers[symbol] else { return nil }
    atomicNumber = number
  }

  init(_ atomicNumber: Int) { self.atomicNumber = atomicNumber }

  /// `C`, `Cl`, or `*`.
  public var symbol: String { Self.symbols[atomicNumber] }

  static let any = Element(0)
  static let hydrogen = Element(1)
  static let boron = Element(5)
  static let carbon = Element(6)
  static let nitrogen = Element(7)
  static let oxygen = Element(8)
  static let fluorine = Element(9)
  static let phosphorus = Element(15)
  static let sulfur = Element(16)
  static let chlorine = Element(17)
  static let bromine = Element(35)
  static let iodine = Element(53)

  private static let symbols: [String] = {
    let rows = """
      * H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br \
      Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er \
      Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md \
      No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og
      """
    return rows.split(separator: " ").map(String.init)
  }()

  private static let numbers = Dictionary(
    uniqueKeysWithValues: symbols.enumerated().map { ($1, $0) })
}

extension Element {
  /// Electrons of the outer shell, by the column of the periodic table; nil for transition metals
  /// and `*`, for which the number does not determine the bonds.
  var outerElectrons: Int? {
    switch atomicNumber {
    case 1, 3, 11, 19, 37, 55: 1
    case 4, 12, 20, 38, 56: 2
    case 5, 13, 31, 49, 81: 3
    case 6, 14, 32, 50, 82: 4
    case 7, 15, 33, 51, 83: 5
    case 8, 16, 34, 52, 84: 6
    case 9, 17, 35, 53, 85: 7
    case 2, 10, 18, 36, 54, 86: 8
    default: nil
    }
  }
}
