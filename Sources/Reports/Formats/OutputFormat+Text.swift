extension OutputFormat {
  /// Lines of text for people.
  public static let text: OutputFormat = {
    var format = OutputFormat(name: "text", ending: "txt", summary: "plain text")
    format.predictions = DocumentWriter { PredictionText(model: $0.model) }
    format.explanations = DocumentWriter(note: "coloured where the output is a terminal") {
      TextReport(model: $0.model, paint: $0.paint)
    }
    format.contrasts = DocumentWriter { TextReport(model: $0.model, paint: $0.paint) }
    format.evaluation = DocumentWriter { report, _ in Output(report.text) }
    format.facts = DocumentWriter { Output($0.text) }
    return format
  }()
}
