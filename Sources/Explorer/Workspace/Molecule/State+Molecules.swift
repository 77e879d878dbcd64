internal import Molecules
internal import Reports
internal import TerminalUI
internal import Workbench

/// How texts are shown, where the user chose it.
public enum TextDisplay: String, Sendable { case text, molecule }

/// Texts that name molecules.
extension State {
  /// Texts are shown as molecules: as the user chose, or where the model reads SMILES.
  var showsMolecule: Bool {
    guard !document.isPair else { return false }
    return document.display.map { $0 == .molecule } ?? (summary?.readsSMILES ?? false)
  }

  /// The first mistake in the text.
  var smilesProblem: SMILESProblem? {
    showsMolecule && !document.isBlank ? document.molecule.reading.problem : nil
  }

  /// Reads the text where it is drawn.
  mutating func readMolecule() {
    if showsMolecule { document.molecule.read(document.text, isEdited: true) }
  }

  /// Fields of colour, or signs where the text has them too.
  func moleculePaint(isSigned: Bool) -> MoleculeCells.Paint {
    var paint = MoleculeCells.Paint(
      colors: terminal.abilities.colors, isPlain: terminal.abilities.isPlain, isSigned: isSigned)
    paint.hasSigns = terminal.showsSignRow
    return paint
  }
}
