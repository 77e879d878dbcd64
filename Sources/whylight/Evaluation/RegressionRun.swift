internal import Classifiers
internal import Datasets

/// Reads a data set for a model that answers with numbers, and adds up how far it is off.
struct RegressionRun {
  let model: Model
  let memory: StoredPredictions?
  /// How many of the largest errors are listed.
  let top: Int

  func evaluate(_ dataset: Dataset) throws -> RegressionResult {
    let clock = ContinuousClock()
    let start = clock.now
    var dataset = dataset
    let bytes = dataset.bytes
    let progress = ProgressLine()
    let interruption = Interruption(isKept: memory != nil)
    defer { interruption.end() }
    var tally = RegressionTally(outputs: model.classifier.classes, worst: top)
    func add(_ line: ScoredLine) {
      switch line {
      case .bad(let row): tally.add(row)
      case .scored(let example, let answer): tally.add(example, answer)
      }
    }
    var scorer = Scorer(
      model, memory: memory, progress: { progress.advance(by: $0, share: bytes.share) }, add)
    let facts = try dataset.read { line in
      progress.read += 1
      try scorer.add(line)
    }
    try scorer.finish()
    progress.clear()
    return RegressionResult(
      evaluation: tally.evaluation, facts: facts, seconds: (clock.now - start) / .seconds(1))
  }
}
