internal import ArgumentParser
internal import Classifiers
internal import Datasets
internal import Documents
internal import Reports

struct Evaluate: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv, html }

  static let configuration = CommandConfiguration(
    abstract: "How well a model does on labelled texts, and where it is wrong.",
    discussion: """
      Precision, recall and F1 are scikit-learn's (zero_division=0); rows of the confusion matrix are \
      what is right, columns what the model said. A row that can't be read is listed with its line, \
      the others are evaluated, and the exit status is 1. A model that answers with numbers is \
      measured by MAE, RMSE, R2, Pearson's and Spearman's correlation.
      """)

  @OptionGroup var model: ModelOption
  @Option(
    help: ArgumentHelp(
      "Texts with labels: .csv, .tsv, .json, .jsonl, .txt (fastText's __label__), or - for standard input.",
      valueName: "file"))
  var data: String

  @OptionGroup var dataset: DatasetOptions

  @Option(help: "text, json, csv (the scores by class) or html.")
  var format = Format.text

  @Flag(name: .customLong("json"), help: "Short for --format json.")
  var asJSON = false

  @Option(help: ArgumentHelp("Where to write; standard output if not given.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write what the model said of each row too: .csv or .jsonl.", valueName: "file"))
  var rows: String?

  @Option(help: ArgumentHelp("How many of the largest losses are listed.", valueName: "n"))
  var top = 20

  @Option(help: ArgumentHelp("How many bins the calibration has.", valueName: "n"))
  var bins = Calibration.binCount

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Count only rows that match, as gold!=pred p>0.9 text~\"not|n't\" len>30.",
      valueName: "query"))
  var condition: String?

  @Option(
    help: ArgumentHelp(
      "A second model: where the two differ, and who is right.", valueName: "model"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "Which class of the second model is which of the first; may be repeated.",
      valueName: "other=this"))
  var classMap: [String] = []

  @Option(help: ArgumentHelp("How many rows are explained for --measure.", valueName: "n"))
  var measureRows = 100

  @OptionGroup var csv: CSVOptions

  @OptionGroup(title: "Options of --measure: means over a sample of the rows")
  var explanation: ExplanationOptions

  @Flag(
    inversion: .prefixedNo,
    help: "Look up what the model said before, and keep what it says now ('whylight paths').")
  var cache = true

  func validate() throws {
    if let output, let rows, InputFiles.isSame(output, rows) {
      throw ValidationError("--output and --rows name the same file")
    }
    if against == nil, !classMap.isEmpty {
      throw ValidationError("--class-map is about the classes of --against, which is not given")
    }
    if top < 0 { throw ValidationError("--top can't be negative") }
    if measureRows < 1 { throw ValidationError("--measure-rows must be at least 1") }
    if !(1...1000).contains(bins) { throw ValidationError("--bins must be from 1 to 1000") }
  }

  func run() throws {
    let model = try model.open()
    do {
      if model.classifier.link == .identity {
        try evaluateNumbers(model)
      } else {
        try evaluateClasses(model)
      }
    } catch let error as TextFileError {
      throw Failure.usage(Messages.sentence(error))
    } catch let error as ClassifierError {
      throw Failure.run(Messages.sentence(error))
    }
  }

  /// What the results must not replace.
  private var inputs: InputFiles { model.inputs(and: [data], second: against) }

  private func evaluateClasses(_ model: Model) throws {
    let writer = try rows.map {
      try RowWriter(path: $0, model: model, inputs: inputs, form: csv.form)
    }
    var run = EvaluationRun(
      model: model, memory: memory(of: model),
      tally: EvaluationTally(model, topLosses: top, bins: bins), rowWriter: writer)
    run.condition = try condition.map(Self.query)
    run.against = try against.map { try againstRun($0, beside: model) }
    let plan = try explanation.plan(for: model)
    if !plan.measures.isEmpty {
      run.measures = MeasureAverages(plan, model: model, rows: measureRows)
    }
    // Opened first: a place that can't be written to is better known before the work.
    let sink = try Sink(path: output, inputs: inputs)
    let result = try run.evaluate(try dataset.source(path: data).open(for: model))
    for note in DatasetNotes.lines(result.facts) { StandardError.write(line: "whylight: \(note)") }
    let report = EvaluationReport(result, model: model, data: data) { Messages.sentence($0) }
    let format = asJSON ? .json : format
    tell(report.notes, format)
    switch format {
    case .text: try sink.write(report.text)
    case .json: try sink.write("\(report.json)\n" as JSONText)
    case .csv: try sink.write(report.csv(csv.form))
    case .html: try sink.write(report.html)
    }
    try sink.finish()
    try writer?.finish()
    if result.evaluation.badRowCount > 0 || result.evaluation.rows == 0 { throw ExitCode(1) }
  }

  /// Text and pages say it themselves; data has no place for a sentence.
  private func tell(_ notes: [String], _ format: Format) {
    guard format == .json || format == .csv else { return }
    for note in notes { StandardError.write(line: "whylight: note: \(note)") }
  }

  /// For a model that answers with numbers.
  private func evaluateNumbers(_ model: Model) throws {
    let unfit = [("--where", condition), ("--against", against), ("--rows", rows)]
    if let option = unfit.first(where: { $0.1 != nil }) {
      throw Failure.usage("\(option.0) is about classes; \(model.name) answers with numbers")
    }
    let sink = try Sink(path: output, inputs: inputs)
    let run = RegressionRun(model: model, memory: memory(of: model), top: top)
    let result = try run.evaluate(try dataset.source(path: data).open(for: model))
    for note in DatasetNotes.lines(result.facts) { StandardError.write(line: "whylight: \(note)") }
    let report = RegressionReport(result, model: model, data: data) { Messages.sentence($0) }
    let format = asJSON ? .json : format
    tell(report.notes, format)
    switch format {
    case .text: try sink.write(report.text)
    case .json: try sink.write("\(report.json)\n" as JSONText)
    case .csv: try sink.write(report.csv)
    case .html: try sink.write(report.html)
    }
    try sink.finish()
    if result.evaluation.badRowCount > 0 || result.evaluation.rows == 0 { throw ExitCode(1) }
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
    return CacheFolder.memory(of: model, opened: self.model.model, with: self.model.opening.options)
    {
      StandardError.write(line: "whylight: note: \($0)")
    }
  }
}

extension EvaluationTally {
  init(_ model: Model, topLosses: Int, bins: Int = Calibration.binCount) {
    self.init(
      classes: model.classifier.classes, link: model.classifier.link, topLosses: topLosses,
      bins: bins)
  }
}
