internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports

/// Writes what the model said of each row.
final class RowWriter {
  private let sink: Sink
  private let classes: [String]
  private let model: Model
  private let isJSON: Bool
  private let form: CSVForm

  /// - Parameters:
  ///   - path: what ends in `.jsonl` is written so, everything else as CSV.
  ///   - inputs: what the command reads.
  init(path: String, model: Model, inputs: InputFiles, form: CSVForm) throws {
    sink = try Sink(path: path, inputs: inputs)
    self.form = form
    self.model = model
    classes = model.classifier.classes
    isJSON = path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson")
    if !isJSON {
      try sink.write(
        CSVText(
          row: ["index", "line", "id", "gold", "predicted", "loss"]
            + classes.map { "probability_of_\($0)" } + ["text", "truncated"], form))
    }
  }

  /// All rows are written.
  func finish() throws { try sink.finish() }

  func write(_ example: Example, _ judgement: Judgement) throws {
    if isJSON {
      let loss = Loss(example: example, judgement: judgement)
      var members = LossJSON.members(loss, classes: classes)
      members.append(
        .init("probabilities", ResultJSON.probabilities(judgement.probabilities, of: model)))
      return try sink.write("\(JSON.object(members))\n" as JSONText)
    }
    try sink.write(
      CSVText(
        row: [
          String(example.index), String(example.line), example.id ?? "",
          ClassNames.text(example.gold, classes), ClassNames.text(judgement.predicted, classes),
          judgement.loss.isNaN ? "" : judgement.loss.description,
        ] + judgement.probabilities.map(\.description)
          + [example.text, judgement.truncation?.sentence ?? ""], form))
  }
}
