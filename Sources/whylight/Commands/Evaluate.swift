internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Reports

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How well a model does on labelled texts, and where it is wrong.",
    discussion: """
      Precision, recall and F1 are scikit-learn's (zero_division=0); rows of the confusion \
      matrix are labels, columns predictions. A row that can't be read is listed with \
      its line, the others are evaluated, and the exit status is 1. A regression is measured \
      by MAE, RMSE, R2, Pearson's and Spearman's correlation.
      """)

  @OptionGroup var model: ModelOption
  @Option(
    help: ArgumentHelp(
      "Texts with labels: .csv, .tsv, .json, .jsonl, .txt (fastText's __label__), or - for standard input.",
      valueName: "file"))
  var data: String

  @OptionGroup var dataset: DatasetOptions

  @OptionGroup var format: FormatOptions<Evaluations>

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Also write the prediction for each row: .csv or .jsonl.", valueName: "file"))
  var rows: String?

  @Option(help: ArgumentHelp("How many of the largest losses are listed.", valueName: "n"))
  var top = 20

  @Option(help: ArgumentHelp("How many bins the calibration has.", valueName: "n"))
  var bins = Calibration.binCount

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Evaluate only rows that match, such as gold!=pred p>0.9 text~\"not|n't\" len>30.",
      valueName: "query"))
  var condition: String?

  @Option(
    help: ArgumentHelp(
      "A second model: where the two differ, and which is right.", valueName: "model"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Which class of the second model is which class of the first; may be repeated.",
      valueName: "other=this"))
  var classMap: [String] = []

  @Option(help: ArgumentHelp("How many rows are explained for --measure.", valueName: "n"))
  var measureRows = 100

  @OptionGroup var csv: CSVOptions

  @OptionGroup(title: "Options of --measure: means over a sample of the rows")
  var explanation: ExplanationOptions

  @Flag(
    inversion: .prefixedNo,
    help: "Look up stored predictions, and store new ones ('whylight paths').")
  var cache = true

  func validate() throws {
    if let output, let rows, InputFiles.isSame(output, rows) {
      throw ValidationError("--output and --rows name the same file")
    }
    if against == nil, !classMap.isEmpty {
      throw ValidationError("--class-map needs --against")
    }
    if top < 0 { throw ValidationError("--top can't be negative") }
    if measureRows < 1 { throw ValidationError("--measure-rows must be at least 1") }
    if !(1...1000).contains(bins) { throw ValidationError("--bins must be from 1 to 1000") }
  }

  func run() throws {
    let model = try model.open()
    do {
      try evaluate(model)
    } catch let error as TextFileError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as ClassMatchError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as ClassifierError {
      throw Failure.run(Messages.sentence(error))
    }
  }

  /// The files that results must not overwrite.
  private var inputs: InputFiles { model.inputs(and: [data], second: against) }

  private func evaluate(_ model: Model) throws {
    if dataset.table.pairColumn != nil, model.dropsSecondText {
      throw Failure.usage(Messages.sentence(ClassifierError.secondTextBesideLabels))
    }
    let isRegression = model.classifier.link == .identity
    if isRegression { try refuseOptionsOfClasses(model) }
    let rowFile = try rows.map {
      try RowFile(
        path: $0, settings: ReportSettings(model: model, csvForm: csv.form), inputs: inputs)
    }
    let work = isRegression ? regression(model) : try classification(model, rowFile)
    // Opened first, so that an unwritable path is reported before the work.
    let sink = try Sink(path: output, inputs: inputs)
    let report = try work(try dataset.source(path: data).open(for: model))
    for note in DatasetNotes.lines(report.facts) { StandardError.write(line: "whylight: \(note)") }
    let format = format.chosen
    // Text and pages contain the notes themselves.
    for note in report.notes where format.isData {
      StandardError.write(line: "whylight: note: \(note)")
    }
    if let output = format.evaluation?((report, csv.form)) { try sink.write(output) }
    try sink.finish()
    try rowFile?.finish()
    if !report.isWhole { throw ExitCode(1) }
  }

  private typealias Work = (Dataset) throws -> any EvaluationReport

  private func classification(_ model: Model, _ rowFile: RowFile?) throws -> Work {
    let memory = memory(of: model)
    var run = EvaluationRun(model, memory: memory, topLosses: top, bins: bins)
    run.parts = model.readsSMILES ? .molecules : nil
    run.row = { try rowFile?.write($0, $1) }
    run.condition = try condition.map(Self.query)
    run.against = try against.map { try againstRun($0, beside: model) }
    let plan = try explanation.plan(for: model)
    if !plan.measures.isEmpty {
      run.measures = plan.averages(model, rows: measureRows, .standardError())
    }
    return { [run] dataset in
      let result = try Self.watched(isKept: memory != nil) {
        try run.evaluate(dataset, progress: $0)
      }
      return ClassificationReport(result, model: model, data: data) { Messages.sentence($0) }
    }
  }

  /// For a regression.
  private func regression(_ model: Model) -> Work {
    let memory = memory(of: model)
    let run = RegressionRun(model, memory: memory, top: top)
    return { dataset in
      let result = try Self.watched(isKept: memory != nil) {
        try run.evaluate(dataset, progress: $0)
      }
      return RegressionReport(result, model: model, data: data) { Messages.sentence($0) }
    }
  }

  private func refuseOptionsOfClasses(_ model: Model) throws {
    let unfit = [("--where", condition), ("--against", against), ("--rows", rows)]
    if let option = unfit.first(where: { $0.1 != nil }) {
      throw Failure.usage("\(option.0) is about classes; \(model.name) answers with numbers")
    }
  }

  private func againstRun(_ argument: String, beside model: Model) throws -> AgainstRun {
    let given = try classMap.map {
      try DatasetOptions.pair($0, option: "--class-map", expected: "OTHER=THIS")
    }
    let second = try ModelOption.open(argument)
    let memory =
      cache
      ? CacheFolder.memory(of: second, opened: argument, with: OpeningOptions()) { _ in } : nil
    let run = try AgainstRun(
      second, beside: model, given: given, memory: memory, limit: top)
    if let assumption = run.classes.assumption {
      StandardError.write(line: "whylight: note: \(assumption)")
    }
    return run
  }
}

extension Evaluate {
  private static func query(_ text: String) throws -> Query {
    do {
      return try Query(text)
    } catch {
      throw Failure.usage(
        "--where, at character \(error.range.lowerBound + 1): \(error.sentence)")
    }
  }

  private func memory(of model: Model) -> StoredPredictions? {
    guard cache else { return nil }
    return CacheFolder.memory(of: model, opened: self.model.model, with: self.model.options) {
      StandardError.write(line: "whylight: note: \(Messages.sentence($0))")
    }
  }

  /// Work with a progress line that Ctrl-C interrupts at once.
  /// - Parameter isKept: whether finished answers are stored.
  private static func watched<Result>(
    isKept: Bool, _ work: (@escaping ScoringPass.Progress) throws -> Result
  ) rethrows -> Result {
    let progress = ProgressLine.standardError()
    let interruption = Interruption(isKept: isKept)
    defer { interruption.end() }
    let result = try work { progress.advance(by: $0, share: $1) }
    progress.clear()
    return result
  }
}
