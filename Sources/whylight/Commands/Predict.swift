internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Reports

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Classes and probabilities of texts. Several --pair for one text are ranked.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions

  @Option(
    help: """
      For several --pair of one text: the class, by name or index, whose score ranks them. A model \
      with one output needs none.
      """)
  var target: String?

  @OptionGroup var format: FormatOptions<Predictions>
  @OptionGroup var csv: CSVOptions

  func run() throws {
    let format = format.chosen
    let inputs = input.inputs(model)
    let model = try model.open()
    let rankingClass = try rankingClass(of: model)
    let settings = ReportSettings(
      model: model, csvForm: csv.form, isRanked: rankingClass != nil)
    guard let report = format.predictions?(settings) else {
      throw Failure.usage("predictions can't be written as \(format.name)")
    }
    let sink = try Sink(path: input.output, inputs: inputs)
    var run = BatchRun(format: format)
    try sink.write(report.opening)
    if let rankingClass {
      let ranked = try run.ranked(input, by: rankingClass, for: model, to: sink)
      // A program gets the order of its input, as of any texts; a reader the best one first.
      for candidate in format.isData ? ranked.sorted(by: { $0.index < $1.index }) : ranked {
        try sink.write(
          report.output(
            of: candidate.prediction, record: candidate.record, index: candidate.index,
            rank: candidate.rank))
      }
    } else {
      try run.forEachPrediction(of: input, for: model, to: sink) { prediction, record, index in
        try sink.write(report.output(of: prediction, record: record, index: index, rank: nil))
      }
    }
    try sink.finish()
    if run.hasFailures { throw ExitCode(1) }
  }

  /// The class whose score ranks the candidates; nil if there are none, or nothing says which class.
  private func rankingClass(of model: Model) throws -> Int? {
    guard !input.candidates.isEmpty else {
      guard target == nil else {
        throw Failure.usage("--target ranks candidates; give one text and several of --pair")
      }
      return nil
    }
    let found = try model.rankingClass(target)
    if found == nil {
      StandardError.write(
        line: "whylight: the candidates are in the order given: \(model.unknownRanking)")
    }
    return found
  }
}
