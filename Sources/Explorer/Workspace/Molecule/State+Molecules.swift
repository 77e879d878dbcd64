internal import Molecules
internal import Workbench

/// The user's choice of how texts are shown.
public enum TextDisplay: String, Sendable { case text, molecule }

/// Texts that describe molecules.
extension State {
  /// Whether texts are shown as molecules: as the user chose, or if the model reads SMILES.
  var showsMolecule: Bool {
    guard !document.isPair else { return false }
    return document.display.map { $0 == .molecule } ?? (summary?.readsSMILES ?? false)
  }

  /// The first syntax error in the text.
  var smilesProblem: SMILESProblem? {
    showsMolecule && !document.isBlank ? document.molecule.reading.problem : nil
  }

  /// Parses the text if it is shown as a molecule.
  mutating func readMolecule() {
    if showsMolecule { document.molecule.read(document.text, isEdited: true) }
  }
}
