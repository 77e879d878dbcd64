extension OutputFormat {
  /// Tables as defined by RFC 4180.
  public static let csv: OutputFormat = {
    var format = OutputFormat(name: "csv", summary: "table for a spreadsheet", isData: true)
    format.predictions = DocumentWriter { PredictionCSV($0) }
    format.explanations = DocumentWriter { CSVReport(model: $0.model, form: $0.csvForm) }
    format.contrasts = DocumentWriter { ContrastCSV(model: $0.model, form: $0.csvForm) }
    format.evaluation = DocumentWriter(note: "the scores by class") { report, form in
      Output(report.csv(form))
    }
    format.rows = DocumentWriter { EvaluatedRowsCSV($0) }
    format.table = DocumentWriter { CSVTable($0) }
    return format
  }()
}
