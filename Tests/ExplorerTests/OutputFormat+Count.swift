import Datasets
import Reports

/// A format for tests: the number of words with a score.
extension OutputFormat {
  static let count: OutputFormat = {
    var format = OutputFormat(name: "count", ending: "cnt", summary: "how many words there are")
    format.explanations = DocumentWriter { _ in CountReport() }
    return format
  }()
}

private struct CountReport: Report {
  func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> PlainText {
    "\(explanation.units.count)\n"
  }
}
