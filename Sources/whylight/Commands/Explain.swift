public import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
public import Ncurses
internal import Reports

extension ColorChoice: ExpressibleByArgument {}

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Which tokens support the chosen class, and which speak against it.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions
  @OptionGroup var explanation: ExplanationOptions
  @OptionGroup var view: ViewOption
  @OptionGroup var format: FormatOptions<Explanations>

  @Option(help: "auto, always or never: colours of --format text.")
  var color = ColorChoice.auto

  @OptionGroup var csv: CSVOptions

  func run() throws {
    let format = format.chosen
    let inputs = input.inputs(model)
    let model = try model.open()
    let isWhole: Bool
    do {
      let other = try explanation.versus.flatMap {
        try VersusCandidate($0, of: model, among: input.candidates)
      }
      if let other {
        isWhole = try writeContrasts(with: other, model, format, inputs: inputs)
      } else {
        isWhole = try writeExplanations(model, format, inputs: inputs)
      }
    } catch let error as RasterizerError {
      throw Failure(error)
    }
    if !isWhole { throw ExitCode(1) }
  }

  /// - Returns: whether each text got its explanations.
  private func writeExplanations(
    _ model: Model, _ format: OutputFormat, inputs: InputFiles
  ) throws -> Bool {
    let plan = try explanation.plan(for: model, readsMolecules: view.showsMolecules(of: model))
    try format.rasterizer?.check()
    let sink = try Sink(path: input.output, inputs: inputs)
    guard let report = format.explanations?(settings(model, sink)) else {
      throw Failure.usage("explanations can't be written as \(format.name)")
    }
    let isWhole = try write(report, plan, model, format, to: sink)
    try sink.finish()
    return isWhole
  }

  func settings(_ model: Model, _ sink: borrowing Sink) -> ReportSettings {
    ReportSettings(
      model: model, csvForm: csv.form, paint: TerminalPaint(color, isTerminal: sink.isTerminal))
  }

  private func write(
    _ report: some Report, _ plan: ExplanationPlan, _ model: Model, _ format: OutputFormat,
    to sink: borrowing Sink
  ) throws -> Bool {
    var run = BatchRun(format: format)
    var hasFailures = false
    try sink.write(report.opening)
    func write(_ result: Result<ExplainedText, Failure>, _ record: TextRecord, _ index: Int) throws
    {
      switch result {
      case .success(let explanation):
        // A failure to write does not concern this text only: it ends the run.
        try sink.write(report.text(of: explanation, record: record, index: index))
      case .failure(let failure):
        if !plan.isAll { hasFailures = true }
        try BatchRun.note(
          failure, line: record.line, isFailure: !plan.isAll, format: format, to: sink)
      }
    }
    if BatchRun.takesSeveral(of: input, for: model) {
      try run.forEachRecord(of: input, for: model, to: sink) { record in
        try Self.explanations(of: record, plan, model) { _ in }
      } write: { results, record, index in
        for result in results { try write(result, record, index) }
        try sink.write(report.summary(of: results.compactMap { try? $0.get() }))
      }
    } else {
      // Each method's result is written as soon as it is computed.
      try run.forEachRecord(of: input, for: model, to: sink) { record, index in
        let results = try Self.explanations(of: record, plan, model) {
          try write($0, record, index)
        }
        try sink.write(report.summary(of: results.compactMap { try? $0.get() }))
      }
    }
    try finish(Output(report.closing), format, to: sink)
    return !run.hasFailures && !hasFailures
  }

  /// - Parameter closing: what the report ends with; a picture is all in it.
  func finish(_ closing: Output, _ format: OutputFormat, to sink: borrowing Sink) throws {
    if format.rasterizer == nil {
      try sink.write(closing)
    } else {
      try sink.write(bytes: format.bytes(of: closing)[...])
    }
  }

  /// One for each method, or why the method does not apply to this text.
  private static func explanations(
    of record: TextRecord, _ plan: ExplanationPlan, _ model: Model,
    each: (Result<ExplainedText, Failure>) throws -> Void
  ) throws -> [Result<ExplainedText, Failure>] {
    let (prediction, measured) = try model.timedPrediction(model.encode(record))
    var pass = measured
    let rationale = Rationale.tokens(of: record, encoding: prediction.encoding)
    let progress = ProgressLine.standardError(reported: plan.reported)
    return try plan.explainers.map { explainer in
      let result: Result<ExplainedText, Failure>
      do {
        result = .success(
          try plan.explain(
            prediction, with: explainer, model: model, rationale: rationale, pass: &pass,
            progress))
      } catch let failure as Failure where failure.status == 1 {
        result = .failure(failure)
      }
      try each(result)
      return result
    }
  }
}
