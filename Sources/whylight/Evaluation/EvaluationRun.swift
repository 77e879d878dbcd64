internal import Classifiers
internal import Datasets
internal import Foundation

/// An evaluation and how it went.
struct EvaluationResult {
  var evaluation: Evaluation
  var facts: DatasetFacts
  var seconds: Double
}

/// Reads a data set, asks the model, and adds up what it says.
struct EvaluationRun {
  let model: Model
  private let memory: StoredPredictions?
  private var tally: EvaluationTally
  private let rowWriter: RowWriter?

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
    let collector = Collector(tally: tally, link: model.classifier.link, rowWriter: rowWriter)
    var scorer = Scorer(
      model, memory: memory, progress: { progress.advance(by: $0, share: bytes.share) },
      collector.collect)
    let facts = try dataset.read { line in
      progress.read += 1
      try scorer.add(line)
    }
    try scorer.finish()
    progress.clear()
    return EvaluationResult(
      evaluation: collector.tally.evaluation, facts: facts,
      seconds: (clock.now - start) / .seconds(1))
  }
}

/// Takes the answers as they come.
private final class Collector {
  private(set) var tally: EvaluationTally
  private let link: OutputLink
  private let rowWriter: RowWriter?

  init(tally: EvaluationTally, link: OutputLink, rowWriter: RowWriter?) {
    self.tally = tally
    self.link = link
    self.rowWriter = rowWriter
  }

  func collect(_ line: ScoredLine) throws {
    switch line {
    case .bad(let row): tally.add(row)
    case .scored(let example, let logits):
      let judgement = Judgement(logits: logits, gold: example.gold, link: link)
      tally.add(example, judgement)
      try rowWriter?.write(example, judgement)
    }
  }
}
