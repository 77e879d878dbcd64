internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Reports

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Classes and probabilities of texts.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions
  @OptionGroup var format: FormatOptions<Predictions>
  @OptionGroup var csv: CSVOptions

  func run() throws {
    let format = format.chosen
    let inputs = input.inputs(model)
    let model = try model.open()
    guard let report = format.predictions?(ReportSettings(model: model, csvForm: csv.form)) else {
      throw Failure.usage("predictions can't be written as \(format.name)")
    }
    let sink = try Sink(path: input.output, inputs: inputs)
    var run = BatchRun(format: format)
    try sink.write(report.opening)
    try run.forEachPrediction(of: input, for: model, to: sink) { prediction, record, index in
      try sink.write(report.output(of: prediction, record: record, index: index))
    }
    try sink.finish()
    if run.hasFailures { throw ExitCode(1) }
  }
}
