import Tensors

extension Transformer: ContrastiveClassifier {
  /// Activations get the slopes of their chords; attention's products of weights and values, and of
  /// queries and keys, are shared by midpoints, its softmax by logarithmic means; a normalisation is
  /// the product of what is centred with one over its deviation.
  public func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers {
    try validate(embeddings, targets)
    var (scores, baselineScores): ([Double], [Double]) = ([], [])
    let multipliers = try multipliers(at: embeddings, from: baselines) { rows, baseline, text in
      let asked = Array(targets[rows])
      func values(_ logits: Matrix) -> [Double] {
        asked.indices.map { asked[$0].unroundedValue(logits: logits[row: $0], link: link) }
      }
      scores += values(text)
      baselineScores += values(baseline)
      return asked.chords(from: baseline, to: text, link: link)
    }
    return ScoreMultipliers(
      scores: scores, baselineScores: baselineScores, multipliers: multipliers)
  }

  func multipliers(
    weighing weights: Matrix, at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> TokenVectors {
    try validate(embeddings)
    return try multipliers(at: embeddings, from: baselines) { rows, _, _ in weights[rows: rows] }
  }

  /// - Parameter chords: multipliers at the logits of some rows, from the baselines' and the texts'.
  private func multipliers(
    at embeddings: TokenVectors, from baselines: TokenVectors,
    chords: (Range<Int>, Matrix, Matrix) -> Matrix
  ) throws -> TokenVectors {
    try validate(baselines, like: embeddings)
    // Positions are those of the text: a baseline has other vectors, not other places.
    var baselines = baselines
    baselines.takeMarks(of: embeddings)
    var multipliers = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    let budget = traceBudget / 2
    let most = max(1, budget / max(1, traceBytesPerToken))
    for rows in groups(embeddings.lengths, tokens: min(most, Self.tokensPerPass)) {
      let text = try forward(embeddings, rows: rows, keeping: budget)
      let baseline = try forward(baselines, rows: rows, keeping: budget)
      multipliers.replace(
        rows,
        with: try backward(
          chords(rows, baseline.logits, text.logits), pass: text, rule: .chords(from: baseline)),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return multipliers
  }
}
