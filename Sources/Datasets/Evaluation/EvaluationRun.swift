package import Classifiers

/// Reads a data set, runs the model on it, and evaluates its predictions.
package struct EvaluationRun {
  fileprivate let model: Model
  private let memory: (any PredictionMemory)?
  private var tally: EvaluationTally
  /// Only rows that match are counted.
  package var condition: Query?
  package var measures: MeasureAverages?
  /// A second model.
  package var against: AgainstRun?
  /// Called with each row that is counted, and the model's prediction for it.
  package var row: (Example, Judgement) throws -> Void = { _, _ in }

  /// What texts are made of, for conditions on it; nil for words.
  package var parts: TextParts?

  /// - Parameters:
  ///   - memory: stored predictions of the model.
  ///   - topLosses: how many of the largest losses are listed.
  ///   - bins: how many bins the calibration has.
  package init(
    _ model: Model, memory: (any PredictionMemory)?, topLosses: Int,
    bins: Int = Calibration.binCount
  ) {
    self.model = model
    self.memory = memory
    tally = EvaluationTally(
      classes: model.classifier.classes, link: model.classifier.link, topLosses: topLosses,
      bins: bins)
  }

  /// - Throws: `TextFileError` if no row can be read; errors of the models, the measures and `row`.
  package func evaluate(
    _ dataset: Dataset, progress: @escaping ScoringPass.Progress = { _, _ in }
  ) throws -> EvaluationResult {
    let collector = Collector(self, tally)
    let second = against?.scorer { try collector.collectSecond($0) }
    let (facts, seconds) = try ScoringPass(model, memory: memory, progress: progress)
      .run(dataset, beside: second, collector.collect)
    let averages = try collector.measures?.averages() ?? []
    return EvaluationResult(
      evaluation: collector.tally.evaluation, facts: facts, seconds: seconds,
      condition: condition?.text, measures: averages, against: collector.against?.result)
  }
}

/// Collects the predictions as they arrive.
private final class Collector {
  private(set) var tally: EvaluationTally
  private(set) var measures: MeasureAverages?
  private(set) var against: AgainstRun?
  private let run: EvaluationRun
  /// Rows that one model has predicted and the other has not yet, in order.
  private var firsts: [(Example, Judgement)?] = []
  private var seconds: [ModelAnswer?] = []

  init(_ run: EvaluationRun, _ tally: EvaluationTally) {
    self.run = run
    self.tally = tally
    measures = run.measures
    against = run.against
  }

  func collect(_ line: ScoredLine) throws {
    switch line {
    case .bad(let row):
      tally.add(row)
      if against != nil {
        firsts.append(nil)
        try pair()
      }
    case .scored(let example, let answer):
      let judgement = Judgement(answer, gold: example.gold, rule: run.model.rule)
      guard against != nil else { return try count(example, judgement, nil) }
      firsts.append((example, judgement))
      try pair()
    }
  }

  /// Both models read the same rows in the same order.
  func collectSecond(_ line: ScoredLine) throws {
    if case .scored(_, let answer) = line { seconds.append(answer) } else { seconds.append(nil) }
    try pair()
  }

  private func pair() throws {
    guard let classes = against?.classes else { return }
    let pairs = min(firsts.count, seconds.count)
    for case (let (example, judgement)?, let answer) in zip(firsts, seconds) {
      try count(
        example, judgement, answer.map { classes.judgement($0, gold: example.gold) })
    }
    firsts.removeFirst(pairs)
    seconds.removeFirst(pairs)
  }

  private func count(_ example: Example, _ judgement: Judgement, _ second: Judgement?) throws {
    if let condition = run.condition, !condition.matches(subject(example, judgement, second)) {
      return
    }
    measures?.add(example)
    tally.add(example, judgement)
    if let second { against?.add(example, judgement, second) }
    try run.row(example, judgement)
  }

  private func subject(
    _ example: Example, _ judgement: Judgement, _ second: Judgement?
  ) -> ScoredSubject {
    let classes = run.model.classifier.classes
    var chunk = ExampleChunk(classes: classes.count)
    chunk.append(example, judgement)
    return ScoredSubject(
      example: chunk.example(0), classes: classes, other: second?.predicted,
      parts: run.parts)
  }
}
