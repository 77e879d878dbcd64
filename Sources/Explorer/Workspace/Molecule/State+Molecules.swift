internal import Molecules
internal import Reports
internal import TerminalUI
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

  /// How scores are shown in a drawing: as colours, or as signs if the text shows signs.
  func moleculePaint(isSigned: Bool) -> MoleculeCells.Paint {
    var paint = MoleculeCells.Paint(
      colors: terminal.abilities.colors, isPlain: terminal.abilities.isPlain, isSigned: isSigned)
    paint.hasSigns = terminal.showsSignRow
    return paint
  }
}
