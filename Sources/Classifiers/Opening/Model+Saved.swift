internal import Checkpoints
internal import Tensors
internal import Tokenizers

extension Model {
  /// Builds the saved model.
  /// - Parameter fallbackName: the model's name if it has none of its own.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TokenizerProblem`, `TensorError`.
  init(_ saved: SavedClassifier, fallbackName: String) throws {
    let architecture = try saved.buildable()
    let tokenizer = try saved.tokenizer.tokenizer(isBackwards: architecture.isBackwards)
    self.init(
      name: saved.name ?? fallbackName, architecture: type(of: architecture).architecture,
      classifier: try architecture.classifier(of: saved), tokenizer: tokenizer,
      facts: ModelFacts(saved, architecture))
    if saved.problem == .multiLabel {
      facts.settings.append(
        (name: "threshold", value: saved.thresholds.map { "\($0)" }.joined(separator: ", ")))
    }
    facts.notes += saved.tensors.notFinite
    facts.quality = saved.quality
  }
}

extension Model {
  /// Half-precision weights are the same numbers everywhere; only the order of sums differs.
  private static let tolerance: Float = 1e-3

  /// Runs a model's own checks in one pass: a damaged weight shows in any text, a damaged
  /// vocabulary in the tokens of texts with the affected word. Rounded weights change the outputs
  /// on purpose, so only the tokens are checked for them.
  /// - Throws: `ModelOpeningError.selfCheckFailed`, `.selfCheckTokensDiffer`, and errors of the
  ///   classifier.
  func check(
    _ checks: [SelfCheck], name: String, precision: WeightPrecision = .float
  ) throws {
    guard !checks.isEmpty else { return }
    let encodings = checks.map { tokenizer.encode($0.text) }
    for (check, encoding) in zip(checks, encodings) {
      let ids = encoding.ids
      guard ids == check.ids else {
        throw ModelOpeningError.selfCheckTokensDiffer(
          model: name, text: check.text, expected: check.ids, found: ids)
      }
    }
    guard precision == .float else { return }
    let logits = try classifier.logits(for: encodings.map(\.tokens))
    for (row, check) in checks.enumerated() {
      let found = probabilities(logits[row: row], link: classifier.link)
      let agrees =
        found.count == check.probabilities.count
        // A regression's numbers may be large; a probability is not.
        && zip(found, check.probabilities).allSatisfy {
          abs($0 - $1) <= Self.tolerance * max(1, abs($1))
        }
      guard agrees else {
        throw ModelOpeningError.selfCheckFailed(
          model: name, text: check.text, expected: check.probabilities, found: found)
      }
    }
  }
}
