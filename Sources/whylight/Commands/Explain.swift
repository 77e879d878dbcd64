public import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
public import Ncurses
internal import Reports

extension ColorChoice: ExpressibleByArgument {}

struct Explain: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, ansi, json, jsonl, csv, html, svg, png, markdown, atoms
  }

  static let configuration = CommandConfiguration(
    abstract: "Which tokens speak for the chosen class and which against.")

  @OptionGroup var model: ModelOption
  @OptionGroup var input: InputOptions
  @OptionGroup var explanation: ExplanationOptions
  @OptionGroup var view: ViewOption

  @Option(
    help: """
      text (coloured where the output is a terminal), ansi (coloured anywhere), json, jsonl, csv, \
      html, svg, png (by rsvg-convert), markdown or atoms (CSV with a row an atom of a molecule).
      """)
  var format = Format.text

  @Flag(name: .customLong("json"), help: "Short for --format json.")
  var asJSON = false

  @Option(help: "auto, always or never: colours of --format text.")
  var color = ColorChoice.auto

  @OptionGroup var csv: CSVOptions

  func run() throws {
    let format = asJSON ? .json : format
    let inputs = input.inputs(model)
    let model = try model.open()
    let plan = try explanation.plan(for: model, readsMolecules: view.showsMolecules(of: model))
    if format == .png { try Rasterizer.check() }
    let sink = try Sink(path: input.output, inputs: inputs)
    let report = report(format, model: model, isTerminal: sink.isTerminal)
    let isWhole = try write(report, plan, model, format, to: sink)
    try sink.finish()
    if !isWhole { throw ExitCode(1) }
  }

  /// - Returns: whether each text got its explanations.
  private func write(
    _ report: some Report, _ plan: ExplanationPlan, _ model: Model, _ format: Format,
    to sink: borrowing Sink
  ) throws -> Bool {
    let errorForm: BatchRun.ErrorForm = format == .json || format == .jsonl ? .json : .plain
    var run = BatchRun(format: errorForm)
    var hasFailures = false
    try sink.write(report.opening)
    try run.forEachRecord(of: input, to: sink) { record, index in
      let start = ContinuousClock.now
      let prediction = try model.predict(record)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let rationale = Rationale.tokens(of: record, encoding: prediction.encoding)
      var league = League()
      for explainer in plan.explainers {
        let explanation: ExplainedText
        do {
          explanation = try plan.explain(
            prediction, with: explainer, model: model, rationale: rationale,
            secondsPerPass: seconds)
        } catch let failure as Failure where failure.status == 1 {
          if !plan.isAll { hasFailures = true }
          try BatchRun.note(
            failure, line: record.line, isFailure: !plan.isAll, format: errorForm, to: sink)
          continue
        }
        league.add(explanation)
        // what can't be written is no matter of this text: it ends the run
        try sink.write(report.text(of: explanation, record: record, index: index))
      }
      if format == .text || format == .ansi { try sink.write(league.text) }
    }
    if format == .png {
      try sink.write(bytes: Rasterizer.png(report.closing.text)[...])
    } else {
      try sink.write(report.closing)
    }
    return !run.hasFailures && !hasFailures
  }

  private func report(_ format: Format, model: Model, isTerminal: Bool) -> any Report {
    switch format {
    case .text:
      TextReport(model: model, paint: TerminalPaint(color, isTerminal: isTerminal))
    case .json, .jsonl: JSONReport(model: model)
    case .csv: CSVReport(model: model, form: csv.form)
    case .html: HTMLReport(model: model)
    // drawn when all results are there
    case .svg, .png: SVGReport(model: model)
    case .ansi: TextReport(model: model, paint: .everywhere)
    case .markdown: MarkdownReport(model: model)
    case .atoms: AtomsReport(form: csv.form)
    }
  }
}
