/// A text read as a SMILES (OpenSMILES 1.0): the molecule, and what could not be read.
///
/// Reading never fails. A character without a meaning is skipped, and what is incomplete (a bracket
/// that is open at the end, an open ring, an open branch) is left out, so that everything that is
/// complete can be shown while a text is typed. White space around the text is ignored. The time is
/// proportional to the length.
public struct SMILESReading: Sendable, Hashable {
  public let molecule: Molecule
  /// The first error; nil for a valid SMILES.
  public let problem: SMILESProblem?
  /// What is written correctly but cannot exist, such as a carbon with five bonds.
  public let warnings: [SMILESProblem]
  /// The parts of the text in order, without the white space around it: each byte belongs to
  /// exactly one.
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
