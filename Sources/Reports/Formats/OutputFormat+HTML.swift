extension OutputFormat {
  /// Pages that load nothing and run no script.
  public static let html: OutputFormat = {
    var format = OutputFormat(name: "html", summary: "web page that loads nothing")
    format.explanations = DocumentWriter { HTMLReport(model: $0.model) }
    format.contrasts = DocumentWriter { HTMLReport(model: $0.model) }
    format.evaluation = DocumentWriter { report, _ in Output(report.html) }
    format.table = DocumentWriter { HTMLTable($0) }
    return format
  }()
}
