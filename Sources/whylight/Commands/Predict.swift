internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports
internal import Tokenizers

struct Predict: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, jsonl, csv }

  static let configuration = CommandConfiguration(
    abstract: "Classes and probabilities of texts.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions

  @Option(help: "text, json, jsonl or csv.")
  var format = Format.text

  @Flag(name: .customLong("json"), help: "Short for --format json.")
  var asJSON = false

  @OptionGroup var csv: CSVOptions

  func run() throws {
    let format = asJSON ? .json : format
    let inputs = input.inputs(model)
    let model = try model.open()
    let rule = model.classifier.rule
    let sink = try Sink(path: input.output, inputs: inputs)
    var run = BatchRun(format: format == .json || format == .jsonl ? .json : .plain)
    if format == .csv {
      let given = rule.given([]) == nil ? [] : ["given"]
      try sink.write(
        CSVText(
          row: ["index", "class"] + given + model.classifier.classes + ["text", "truncated"],
          csv.form))
    }
    try run.forEachRecord(of: input, to: sink) { record, index in
      let prediction = try model.predict(record)
      switch format {
      case .json, .jsonl:
        let json = ResultJSON.prediction(prediction, of: record, index: index, model: model)
        try sink.write("\(json)\n" as JSONText)
      case .csv:
        let cells =
          [String(index), model.classifier.classes[prediction.classIndex]]
          + (rule.given(prediction.probabilities).map {
            [ClassNames.text(.several($0), model.classifier.classes)]
          } ?? [])
          + prediction.probabilities.map(\.description)
          + [prediction.encoding.text, prediction.encoding.truncation?.sentence ?? ""]
        try sink.write(CSVText(row: cells, csv.form))
      case .text:
        try sink.write(PredictionText.lines(prediction, model: model))
      }
    }
    try sink.finish()
    if run.hasFailures { throw ExitCode(1) }
  }
}
