internal import Classifiers
internal import Datasets
internal import Foundation
internal import Reports

/// Reads a data set, asks the model, and adds up what it says.
struct EvaluationRun {
  let model: Model
  private let memory: StoredPredictions?
  private var tally: EvaluationTally
  private let rowWriter: RowWriter?
  /// Only rows that match count.
  var condition: Query?
  var measures: MeasureAverages?
  /// A second model.
  var against: AgainstRun?

  init(
    model: Model, memory: StoredPredictions?, tally: EvaluationTally, rowWriter: RowWriter?
  ) {
    self.model = model
    self.memory = memory
    self.tally = tally
    self.rowWriter = rowWriter
  }

  mutating func evaluate(_ dataset: Dataset) throws -> EvaluationResult {
    let clock = ContinuousClock()
    let start = clock.now
    var dataset = dataset
    let bytes = dataset.bytes
    let progress = ProgressLine()
    let interruption = Interruption(isKept: memory != nil)
    defer { interruption.end() }
    let collector = Collector(tally: tally, model: model, rowWriter: rowWriter)
    collector.condition = condition
    collector.measures = measures
    collector.against = against
    var second = against?.scorer { try collector.collectSecond($0) }
    var scorer = Scorer(
      model, memory: memory, progress: { progress.advance(by: $0, share: bytes.share) },
      collector.collect)
    let facts = try dataset.read { line in
      progress.read += 1
      try second?.add(line)
      try scorer.add(line)
    }
    try second?.finish()
    try scorer.finish()
    let seconds = (clock.now - start) / .seconds(1)
    let averages = try collector.measures?.averages(ProgressLine()) ?? []
    progress.clear()
    return EvaluationResult(
      evaluation: collector.tally.evaluation, facts: facts, seconds: seconds,
      condition: condition?.text, measures: averages, against: collector.against?.result)
  }
}

/// Takes the answers as they come.
private final class Collector {
  private(set) var tally: EvaluationTally
  private let model: Model
  private let rowWriter: RowWriter?
  var condition: Query?
  var measures: MeasureAverages?
  var against: AgainstRun?
  /// Rows that one model has answered and the other has not yet, in order.
  private var firsts: [(Example, Judgement)?] = []
  private var seconds: [ModelAnswer?] = []

  init(tally: EvaluationTally, model: Model, rowWriter: RowWriter?) {
    self.tally = tally
    self.model = model
    self.rowWriter = rowWriter
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
      let judgement = Judgement(answer, gold: example.gold, rule: model.classifier.rule)
      guard against != nil else { return try count(example, judgement, nil) }
      firsts.append((example, judgement))
      try pair()
    }
  }

  /// Both models are asked about the same rows in the same order.
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
    if let condition, !condition.matches(subject(example, judgement, second)) { return }
    measures?.add(example)
    tally.add(example, judgement)
    if let second { against?.add(example, judgement, second) }
    try rowWriter?.write(example, judgement)
  }

  private func subject(
    _ example: Example, _ judgement: Judgement, _ second: Judgement?
  ) -> ScoredSubject {
    var chunk = ExampleChunk(classes: model.classifier.classes.count)
    chunk.append(example, judgement)
    return ScoredSubject(
      example: chunk.example(0), classes: model.classifier.classes, other: second?.predicted)
  }
}
