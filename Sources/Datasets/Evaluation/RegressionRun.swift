package import Classifiers

/// Reads a data set for a regression, and evaluates its errors.
package struct RegressionRun {
  private let model: Model
  private let memory: (any PredictionMemory)?
  private let top: Int

  /// - Parameters:
  ///   - memory: stored predictions of the model.
  ///   - top: how many of the largest errors are listed.
  package init(_ model: Model, memory: (any PredictionMemory)?, top: Int) {
    self.model = model
    self.memory = memory
    self.top = top
  }

  /// - Throws: `TextFileError` if no row can be read; errors of the model.
  package func evaluate(
    _ dataset: Dataset, progress: @escaping ScoringPass.Progress = { _, _ in }
  ) throws -> RegressionResult {
    var tally = RegressionTally(outputs: model.classifier.classes, worst: top)
    let pass = ScoringPass(model, memory: memory, progress: progress)
    let (facts, seconds) = try pass.run(dataset) { line in
      switch line {
      case .bad(let row): tally.add(row)
      case .scored(let example, let answer): tally.add(example, answer)
      }
    }
    return RegressionResult(evaluation: tally.evaluation, facts: facts, seconds: seconds)
  }
}
