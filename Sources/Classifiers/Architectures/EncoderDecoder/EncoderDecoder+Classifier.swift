public import Tensors
public import Tokenizers

extension EncoderDecoder: DifferentiableClassifier {
  public func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  public func rowsPerCall(tokens: Int) -> Int {
    let (bytes, overflow) = max(1, tokens).multipliedReportingOverflow(
      by: max(1, traceBytesPerToken))
    return overflow ? 1 : min(64, max(1, encoder.traceBudget / bytes))
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    var vectors = try encoder.embeddings(for: batch)
    let places = batch.map { text in text.lastIndex { $0.id == end } ?? text.count - 1 }
    if zip(places, batch).contains(where: { $0 != $1.count - 1 }) { vectors.summaries = places }
    return vectors
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    try encoder.validate(embeddings)
    return try joined(
      encoder.groups(embeddings.lengths, tokens: Transformer.tokensPerPass).map { rows in
        try forward(embeddings, rows: rows, keeping: nil).logits
      })
  }

  public func gradient(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .derivative)
  }
}

extension EncoderDecoder: RelevanceClassifier {
  public func relevance(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .relevance)
  }
}

extension EncoderDecoder: ContrastiveClassifier {
  /// As a transformer's: attention to the encoder is shared as that to the text itself.
  public func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers {
    try validate(embeddings, targets, width: width)
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
    try encoder.validate(embeddings)
    return try multipliers(at: embeddings, from: baselines) { rows, _, _ in weights[rows: rows] }
  }

  private func multipliers(
    at embeddings: TokenVectors, from baselines: TokenVectors,
    chords: (Range<Int>, Matrix, Matrix) -> Matrix
  ) throws -> TokenVectors {
    try validate(baselines, like: embeddings)
    // What is read where is a matter of the text: a baseline has other vectors, not other places.
    var baselines = baselines
    baselines.takeMarks(of: embeddings)
    var multipliers = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    for rows in groups(embeddings.lengths, budget: budget / 2) {
      let text = try forward(embeddings, rows: rows, keeping: budget / 2)
      let baseline = try forward(baselines, rows: rows, keeping: budget / 2)
      multipliers.replace(
        rows,
        with: try backward(
          chords(rows, baseline.logits, text.logits), pass: text, rule: .chords(from: baseline)),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return multipliers
  }
}

extension EncoderDecoder {
  var width: Int { embedding.words.weight.columns }
  private var budget: Int { encoder.traceBudget }

  private func groups(_ lengths: [Int], budget: Int) -> [Range<Int>] {
    let most = max(1, budget / max(1, traceBytesPerToken))
    return encoder.groups(lengths, tokens: min(most, Transformer.tokensPerPass))
  }

  private func gradient(
    of targets: [Target], at embeddings: TokenVectors, rule: LayerRule<Pass>
  ) throws -> ScoreGradient {
    try validate(embeddings, targets, width: width)
    let (all, gradient) = try gradient(at: embeddings, rule: rule) { rows, logits in
      Matrix(
        rows: rows.count, columns: classes.count,
        elements: zip(targets[rows], 0...).flatMap { target, row in
          target.gradient(logits: logits[row: row], link: link)
        })
    }
    return ScoreGradient(
      logits: all, scores: scores(of: targets, logits: all), gradient: gradient)
  }

  private func gradient(
    at embeddings: TokenVectors, rule: LayerRule<Pass>,
    weights: (Range<Int>, Matrix) -> Matrix
  ) throws -> (logits: Matrix, gradient: TokenVectors) {
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    var logits: [Matrix] = []
    for rows in groups(embeddings.lengths, budget: budget) {
      let pass = try forward(embeddings, rows: rows, keeping: budget)
      logits.append(pass.logits)
      gradient.replace(
        rows, with: try backward(weights(rows, pass.logits), pass: pass, rule: rule),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return (joined(logits), gradient)
  }
}

extension EncoderDecoder: Network {
  var vocabularySize: Int { embedding.words.weight.rows }

  func gradient(
    weighing weights: Matrix, at embeddings: TokenVectors, rule: NetworkRule
  ) throws -> TokenVectors {
    try encoder.validate(embeddings)
    return try gradient(at: embeddings, rule: rule.layerRule()) { rows, _ in
      weights[rows: rows]
    }.gradient
  }
}
