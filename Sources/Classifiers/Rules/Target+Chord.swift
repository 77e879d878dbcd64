import Tensors

extension [Target] {
  /// Multipliers at the logits, `[B, C]`, one target per row.
  func chords(from baseline: Matrix, to text: Matrix, link: OutputLink) -> Matrix {
    let rows = indices.flatMap {
      self[$0].chord(from: baseline[row: $0], to: text[row: $0], link: link)
    }
    return Matrix(rows: count, columns: text.columns, elements: rows)
  }
}

extension DifferentiableClassifier {
  /// Baselines with the marks of the texts: the text determines which tokens are read and pooled,
  /// and a baseline only has other vectors.
  /// - Throws: `ClassifierError` if baselines and texts differ in shape.
  func validated(
    _ baselines: TokenVectors, like embeddings: TokenVectors
  ) throws -> TokenVectors {
    guard baselines.lengths == embeddings.lengths, baselines.width == embeddings.width else {
      throw ClassifierError.wrongCount(
        of: "baseline numbers", expected: embeddings.values.count, found: baselines.values.count)
    }
    var baselines = baselines
    baselines.copyMarks(of: embeddings)
    return baselines
  }
}

extension Target {
  /// Multipliers at the logits, `[C]`, whose product with the logits' change is the change of the
  /// target's value. A logit is linear. A probability is not, and in several dimensions its chord
  /// is not unique: it is the mean gradient on the straight line between the two, plus the error of
  /// the finite sum, distributed along the line.
  func chord(from baseline: [Float], to text: [Float], link: OutputLink) -> [Float] {
    if quantity == .logit { return gradient(logits: text, link: link) }
    let points = 64
    var mean = [Double](repeating: 0, count: text.count)
    for point in 0..<points {
      let share = Float((Double(point) + 0.5) / Double(points))
      let logits = zip(baseline, text).map { $0 + share * ($1 - $0) }
      for (index, slope) in gradient(logits: logits, link: link).enumerated() {
        mean[index] += Double(slope) / Double(points)
      }
    }
    let change = zip(text, baseline).map { Double($0) - Double($1) }
    let length = change.reduce(0) { $0 + $1 * $1 }
    let reached = zip(mean, change).reduce(0) { $0 + $1.0 * $1.1 }
    let missing =
      unroundedValue(logits: text, link: link) - unroundedValue(logits: baseline, link: link)
      - reached
    let factor = length > 0 ? missing / length : 0
    return zip(mean, change).map { Float($0 + factor * $1) }
  }
}
