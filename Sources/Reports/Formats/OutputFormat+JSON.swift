extension OutputFormat {
  /// One object per result, on one line. A table is one document.
  public static let json: OutputFormat = {
    var format = OutputFormat(name: "json", summary: "JSON", isData: true)
    format.writeResults()
    format.evaluation = DocumentWriter { report, _ in Output("\(report.json)\n" as JSONText) }
    format.facts = DocumentWriter { Output("\($0.json)\n" as JSONText) }
    format.table = DocumentWriter { JSONDocumentTable($0) }
    return format
  }()

  /// JSON Lines: the same as JSON for results, and an object per row for tables.
  public static let jsonl: OutputFormat = {
    var format = OutputFormat(name: "jsonl", summary: "JSON, one object a line", isData: true)
    format.writeResults()
    format.rows = DocumentWriter { EvaluatedRowsJSON($0) }
    format.table = DocumentWriter { JSONLinesTable($0) }
    return format
  }()

  private mutating func writeResults() {
    predictions = DocumentWriter { PredictionJSON(model: $0.model) }
    explanations = DocumentWriter { JSONReport(model: $0.model) }
    contrasts = DocumentWriter { ContrastJSON(model: $0.model) }
    badLine = { Output("\(ResultJSON.badLine($0, $1))\n" as JSONText) }
  }
}
