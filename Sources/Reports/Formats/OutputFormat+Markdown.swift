extension OutputFormat {
  public static let markdown: OutputFormat = {
    var format = OutputFormat(name: "markdown", ending: "md", summary: "Markdown")
    format.explanations = DocumentWriter { MarkdownReport(model: $0.model) }
    format.contrasts = DocumentWriter { MarkdownReport(model: $0.model) }
    format.table = DocumentWriter { MarkdownTable($0) }
    return format
  }()
}
