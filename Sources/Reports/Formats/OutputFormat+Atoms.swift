extension OutputFormat {
  /// The atoms of a molecule with their scores, for RDKit, PyMOL and spreadsheets.
  public static let atoms: OutputFormat = {
    var format = OutputFormat(
      name: "atoms", summary: "CSV with a row for each atom of a molecule", isData: true)
    format.explanations = DocumentWriter(note: "CSV with a row for each atom of a molecule") {
      AtomsReport(form: $0.csvForm)
    }
    return format
  }()
}
