internal import Attribution
public import Datasets
internal import Molecules

/// One row of CSV per atom, in the order of the SMILES, which is also the order of RDKit's atoms.
///
/// A text that is not a molecule has no rows. The coordinates are empty if a molecule cannot be
/// drawn.
public struct AtomsReport: Report {
  let form: CSVForm

  public init(form: CSVForm = .exact) { self.form = form }

  public var opening: CSVText {
    CSVText(
      row: [
        "index", "element", "start", "end", "hydrogens", "charge", "aromatic", "x", "y", "score",
        "text", "method",
      ], form)
  }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> CSVText {
    guard let molecule = explanation.molecule, molecule.reading.problem == nil else { return "" }
    let points = explanation.depiction?.points
    return molecule.reading.molecule.atoms.enumerated().map { number, atom in
      CSVText(
        row: [
          String(number), atom.element.symbol, String(atom.range.lowerBound),
          String(atom.range.upperBound), String(atom.hydrogens), String(atom.charge),
          String(atom.isAromatic), points.map { $0[number].x.description } ?? "",
          points.map { $0[number].y.description } ?? "", molecule.heat.atoms[number].description,
          molecule.reading.molecule.text, explanation.card.name,
        ], form)
    }.joined()
  }
}
