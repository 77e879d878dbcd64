internal import Molecules
internal import TerminalUI

/// A drug's name in the editor, which its SMILES can stand for.
extension State {
  /// The drug whose name is being typed, where it is no SMILES.
  var offeredDrug: KnownDrug? {
    guard showsMolecule, explore.focus == .editor, document.molecule.reading.problem != nil
    else { return nil }
    return KnownDrug.beginning(with: document.text.trimmingSpaces)
  }

  /// Puts the SMILES of the offered drug in place of its name, as one step of undo.
  mutating func acceptOfferedDrug() -> Bool {
    guard let drug = offeredDrug else { return false }
    editText { $0.replaceText(with: drug.smiles) }
    say("\(drug.name); Ctrl-_ brings the name back")
    return true
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
