/// A text read as a SMILES (OpenSMILES 1.0): what can be read of it, and what cannot.
///
/// Reading never fails. A sign that makes no sense is passed over, and what is not whole yet (an open
/// bracket at the end, an open ring, an open branch) is left out, so that of a text that is being typed
/// everything is there that is whole. White space around the text does not count. The time is
/// proportional to the length.
public struct SMILESReading: Sendable, Hashable {
  public let molecule: Molecule
  /// The first mistake, nil of a valid SMILES.
  public let problem: SMILESProblem?
  /// What is written correctly and cannot be, such as a carbon with five bonds.
  public let warnings: [SMILESProblem]
  /// Every byte of the text but the white space around it, in order: each belongs to one part.
  public let parts: [SMILESPart]

  public init(_ text: String) {
    var parser = SMILESParser(text)
    parser.read()
    var molecule = Molecule(
      text: text, atoms: parser.atoms, bonds: parser.bonds, incident: parser.incident)
    molecule.fillHydrogens()
    let unfit = molecule.kekulize()
    let hasAllRings = molecule.findRings()
    if let unfit, parser.problem == nil {
      parser.problem = SMILESProblem(kind: .notKekulizable, range: molecule.atoms[unfit].range)
    }
    if parser.problem == nil, hasAllRings { molecule.perceiveAromaticity() }
    self.molecule = molecule
    problem = parser.problem
    warnings = molecule.valenceWarnings
    parts = parser.parts
  }
}
