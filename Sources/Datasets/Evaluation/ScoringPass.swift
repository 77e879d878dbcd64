package import Classifiers

/// Runs a model on every row of a data set, and reports progress.
package struct ScoringPass {
  /// Called with the number of rows finished since the last call, and with the fraction of the file
  /// that is done, from 0 to 1; nil if its size is not known.
  package typealias Progress = (_ rows: Int, _ share: Double?) -> Void

  private let model: Model
  private let memory: (any PredictionMemory)?
  private let progress: Progress

  /// - Parameter memory: stored predictions.
  package init(
    _ model: Model, memory: (any PredictionMemory)?, progress: @escaping Progress = { _, _ in }
  ) {
    self.model = model
    self.memory = memory
    self.progress = progress
  }

  /// - Parameters:
  ///   - second: another model, which is run on the same rows.
  ///   - body: called with each row in order.
  /// - Returns: how the file was interpreted, and how long it took.
  /// - Throws: `TextFileError` if no row can be read; errors of the models and of `body`.
  package func run(
    _ dataset: Dataset, beside second: Scorer? = nil,
    _ body: @escaping (ScoredLine) throws -> Void
  ) throws -> (facts: DatasetFacts, seconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    var (dataset, second) = (dataset, second)
    let bytes = dataset.bytes
    var (read, answered) = (0, 0)
    var scorer = Scorer(
      model, memory: memory,
      progress: { [progress] rows in
        answered += rows
        progress(rows, bytes.share.map { $0 * Double(answered) / Double(max(1, read)) })
      }, body)
    let facts = try dataset.read { line in
      read += 1
      try second?.add(line)
      try scorer.add(line)
    }
    try second?.finish()
    try scorer.finish()
    return (facts, (clock.now - start) / .seconds(1))
  }
}
