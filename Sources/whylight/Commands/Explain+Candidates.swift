internal import ArgumentParser
internal import Attribution
internal import Classifiers
internal import Datasets
internal import Reports

/// `explain --versus` between candidates.
extension Explain {
  /// Explains why the first candidate ranks above another.
  /// - Returns: whether all of it could be explained.
  func writeContrasts(
    with other: VersusCandidate, _ model: Model, _ format: OutputFormat, inputs: InputFiles
  ) throws -> Bool {
    try refuseOptionsOfOnePair()
    if model.dropsSecondText {
      throw Failure.usage(Messages.sentence(ClassifierError.secondTextBesideLabels))
    }
    let target = explanation.target == "predicted" ? nil : explanation.target
    guard let classIndex = try model.rankingClass(target) else {
      throw Failure.usage(model.unknownRanking)
    }
    var plan = try explanation.plan(for: model, comparesCandidates: true)
    plan.classIndex = classIndex
    try format.rasterizer?.check()
    let sink = try Sink(path: input.output, inputs: inputs)
    guard let report = format.contrasts?(settings(model, sink)) else {
      let able = OutputCatalog.standard.formats(writing: \.contrasts).map(\.name)
      throw Failure.usage(
        "a comparison of candidates can't be written as \(format.name); formats are "
          + Messages.list(able))
    }
    var run = BatchRun(format: format)
    let ranking = try run.ranked(input, by: classIndex, for: model, to: sink)
    var (first, second) = try other.contrasted(in: ranking)
    let isWhole = try write(report, plan, &first, &second, model, format, to: sink)
    try sink.finish()
    return isWhole && !run.hasFailures
  }

  private func write(
    _ report: some ContrastReport, _ plan: ExplanationPlan, _ first: inout RankedCandidate,
    _ second: inout RankedCandidate, _ model: Model, _ format: OutputFormat,
    to sink: borrowing Sink
  ) throws -> Bool {
    var isWhole = true
    let progress = ProgressLine.standardError(reported: plan.reported)
    try sink.write(report.opening)
    for explainer in plan.explainers {
      func explained(_ candidate: inout RankedCandidate) throws -> ExplainedContrast.Candidate {
        ExplainedContrast.Candidate(
          rank: candidate.rank, index: candidate.index,
          explanation: try plan.explain(
            candidate.prediction, with: explainer, model: model, rationale: nil,
            pass: &candidate.pass, progress))
      }
      let contrast: ExplainedContrast
      do {
        contrast = ExplainedContrast(
          first: try explained(&first), second: try explained(&second))
      } catch let failure as Failure where failure.status == 1 {
        if !plan.isAll { isWhole = false }
        try BatchRun.note(
          failure, line: first.record.line, isFailure: !plan.isAll, format: format, to: sink)
        continue
      }
      try sink.write(report.text(of: contrast))
    }
    try finish(Output(report.closing), format, to: sink)
    return isWhole
  }

  private func refuseOptionsOfOnePair() throws {
    let given = [
      ("--measure", !explanation.measures.isEmpty),
      ("--interactions", explanation.interactions != nil),
      ("--spellings", explanation.spellings != nil),
      ("--group with a part of a molecule", explanation.group?.moleculeUnit != nil),
      ("--view molecule", view.view == .molecule),
    ]
    guard let (option, _) = given.first(where: \.1) else { return }
    throw Failure.usage(
      "\(option) is for one pair of texts, not for a comparison of candidates; leave out one or the "
        + "other")
  }
}
