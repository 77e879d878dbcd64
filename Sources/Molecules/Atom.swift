/// An atom as a SMILES writes it, and what follows from the molecule around it.
public struct Atom: Sendable, Hashable {
  public var element: Element
  /// The mass number, where one is written: `[13C]`.
  public var isotope: Int?
  public var charge = 0
  /// Hydrogens written in the brackets: `[nH]`, `[NH3+]`.
  public var explicitHydrogens = 0
  /// Hydrogens that fill the valence of an atom without brackets (OpenSMILES, section 3.1.5).
  public var implicitHydrogens = 0
  /// Whether it belongs to an aromatic ring, as RDKit's default model has it, however it is written.
  /// Where the text has mistakes: as written.
  public var isAromatic = false
  /// Whether it is written as aromatic: `c`, `[nH]`.
  public var isWrittenAromatic = false
  public var chirality: Chirality?
  /// The number after the colon: `[CH4:2]`.
  public var atomClass: Int?
  public var isBracketed = false
  /// Where it stands in the text, brackets included, as UTF-8 offsets.
  public var range: Range<Int>

  init(element: Element, range: Range<Int>) {
    self.element = element
    self.range = range
  }

  /// All hydrogens that are not atoms of their own.
  public var hydrogens: Int { explicitHydrogens + implicitHydrogens }
}

/// The order of an atom's neighbours in space (OpenSMILES, section 3.8). They are named in the order in
/// which the text has them, `Molecule.stereoNeighbors(of:)`.
public struct Chirality: Sendable, Hashable {
  public enum Shape: String, Sendable, CaseIterable {
    case tetrahedral = "TH"
    case allenal = "AL"
    case squarePlanar = "SP"
    case trigonalBipyramidal = "TB"
    case octahedral = "OH"

    /// How many orders the shape has.
    var orders: Int {
      switch self {
      case .tetrahedral, .allenal: 2
      case .squarePlanar: 3
      case .trigonalBipyramidal: 20
      case .octahedral: 30
      }
    }
  }

  public var shape: Shape
  /// From 1, as in `@SP2`. For a tetrahedron 1 is `@`: from the first neighbour the others run
  /// counterclockwise; 2 is `@@`.
  public var order: Int

  /// `@`, or `@TH1`.
  public static let counterclockwise = Chirality(shape: .tetrahedral, order: 1)
  /// `@@`, or `@TH2`.
  public static let clockwise = Chirality(shape: .tetrahedral, order: 2)

  /// How it is written, the shortest way.
  public var smiles: String {
    shape == .tetrahedral ? (order == 1 ? "@" : "@@") : "@\(shape.rawValue)\(order)"
  }
}
