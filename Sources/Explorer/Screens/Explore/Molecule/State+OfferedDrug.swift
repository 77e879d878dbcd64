internal import Molecules
internal import TerminalUI

/// Replacing a drug's name in the editor by its SMILES.
extension State {
  /// The drug whose name is being typed, if the text is not a SMILES.
  var offeredDrug: KnownDrug? {
    guard showsMolecule, explore.focus == .editor, document.molecule.reading.problem != nil
    else { return nil }
    return KnownDrug.beginning(with: document.text.trimmingSpaces)
  }

  /// Replaces the name by the SMILES of the offered drug, as one undo step.
  mutating func acceptOfferedDrug() -> Bool {
    guard let drug = offeredDrug else { return false }
    editText { $0.replaceText(with: drug.smiles) }
    say("\(drug.name); Ctrl-_ restores the name")
    return true
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
