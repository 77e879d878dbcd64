import Attribution
import Classifiers
import Datasets
import Documents
import Reports

/// A format of a test: everything in capitals.
extension OutputFormat {
  static let shout: OutputFormat = {
    var format = OutputFormat(name: "shout", ending: "sht", summary: "capitals")
    format.predictions = DocumentWriter { ShoutedPrediction(model: $0.model) }
    format.explanations = DocumentWriter { _ in ShoutedExplanation() }
    format.evaluation = DocumentWriter(note: "figures alone") { report, _ in
      Output("\(report.notes.count) NOTES!\n" as PlainText)
    }
    format.table = DocumentWriter { _ in ShoutedTable() }
    return format
  }()
}

private struct ShoutedPrediction: PredictionReport {
  let model: Model

  func output(of prediction: Prediction, record: TextRecord, index: Int, rank: Int?) -> Output {
    let name = model.classifier.classes[prediction.classIndex]
    return Output("\(name.uppercased())!\n" as PlainText)
  }
}

private struct ShoutedExplanation: Report {
  func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> PlainText {
    "\(explanation.card.title.uppercased())!\n"
  }
}

private struct ShoutedTable: TableReport {
  var opening: Output { Output("" as PlainText) }
  func output(of row: [JSON], isFirst: Bool) -> Output {
    Output("\(row.count) CELL!\n" as PlainText)
  }
}
