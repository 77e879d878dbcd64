import Tensors

/// Operations on the rows of a batch that all architectures share.
extension DifferentiableClassifier {
  /// - Parameter width: the width of the model's embeddings.
  /// - Throws: `ClassifierError` if shapes or targets do not fit the model.
  func validate(_ embeddings: TokenVectors, _ targets: [Target]?, width: Int) throws {
    guard embeddings.width == width else {
      throw ClassifierError.wrongCount(
        of: "embedding width", expected: width, found: embeddings.width)
    }
    let count = embeddings.batch * embeddings.tokens * width
    guard embeddings.values.count == count else {
      throw ClassifierError.wrongCount(
        of: "embedding values", expected: count, found: embeddings.values.count)
    }
    guard let targets else { return }
    guard targets.count == embeddings.batch else {
      throw ClassifierError.wrongCount(
        of: "targets", expected: embeddings.batch, found: targets.count)
    }
    for target in targets where !target.isValid(classes: classes.count) {
      let index =
        (0..<classes.count).contains(target.classIndex) ? target.versus : target.classIndex
      throw ClassifierError.noSuchClass(index: index ?? -1, classes: classes.count)
    }
  }

  /// The targets' values, `[B]`, for logits `[B, C]`.
  func scores(of targets: [Target], logits: Matrix) -> [Float] {
    zip(targets, 0...).map { $0.value(logits: logits[row: $1], link: link) }
  }

  /// The targets' gradients with respect to logits `[B, C]`.
  func dLogits(of targets: some Sequence<Target>, logits: Matrix) -> Matrix {
    let rows = zip(targets, 0...).flatMap { target, row in
      target.gradient(logits: logits[row: row], link: link)
    }
    return Matrix(rows: logits.rows, columns: classes.count, elements: rows)
  }

  /// The logits of parts of a batch, concatenated.
  func joined(_ parts: [Matrix]) -> Matrix {
    Matrix(
      rows: parts.reduce(0) { $0 + $1.rows }, columns: classes.count,
      elements: parts.flatMap(\.elements))
  }
}
