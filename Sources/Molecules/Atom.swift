/// An atom as written in a SMILES, with properties that depend on the molecule around it.
public struct Atom: Sendable, Hashable {
  public var element: Element
  /// The mass number if it is written: `[13C]`.
  public var isotope: Int?
  public var charge = 0
  /// Hydrogens written in the brackets: `[nH]`, `[NH3+]`.
  public var explicitHydrogens = 0
  /// Hydrogens that complete the valence of an atom without brackets (OpenSMILES, section 3.1.5).
  public var implicitHydrogens = 0
  /// Whether it belongs to an aromatic ring by RDKit's default model, however it is written. If the
  /// text has mistakes: as written.
  public var isAromatic = false
  /// Whether it is written as aromatic: `c`, `[nH]`.
  public var isWrittenAromatic = false
  public var chirality: Chirality?
  /// The number after the colon: `[CH4:2]`.
  public var atomClass: Int?
  public var isBracketed = false
  /// Its range in the text, including the brackets, as UTF-8 offsets.
  public var range: Range<Int>

  init(element: Element, range: Range<Int>) {
    self.element = element
    self.range = range
  }

  /// All hydrogens that are not separate atoms.
  public var hydrogens: Int { explicitHydrogens + implicitHydrogens }
}

/// The arrangement of an atom's neighbours in space (OpenSMILES, section 3.8). It refers to the
/// neighbours in the order of the text, `Molecule.stereoNeighbors(of:)`.
public struct Chirality: Sendable, Hashable {
  public enum Shape: String, Sendable, CaseIterable {
    case tetrahedral = "TH"
    case allenal = "AL"
    case squarePlanar = "SP"
    case trigonalBipyramidal = "TB"
    case octahedral = "OH"

    /// How many arrangements the shape has.
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
  /// From 1, as in `@SP2`. For a tetrahedron, 1 is `@`: seen from the first neighbour, the others
  /// are in counterclockwise order; 2 is `@@`.
  public var order: Int

  /// `@`, or `@TH1`.
  public static let counterclockwise = Chirality(shape: .tetrahedral, order: 1)
  /// `@@`, or `@TH2`.
  public static let clockwise = Chirality(shape: .tetrahedral, order: 2)

  /// The shortest way to write it.
  public var smiles: String {
    shape == .tetrahedral ? (order == 1 ? "@" : "@@") : "@\(shape.rawValue)\(order)"
  }
}
