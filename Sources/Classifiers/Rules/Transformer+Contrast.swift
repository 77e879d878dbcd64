import Tensors

extension Transformer: ContrastiveClassifier {
  /// Activations get the slopes of their chords; attention's products of weights and values, and of
  /// queries and keys, are shared by midpoints, its softmax by logarithmic means; a normalisation is
  /// the product of what is centred with one over its deviation.
  public func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers {
    try validate(embeddings, targets)
    try validate(baselines, like: embeddings)
    // Positions are those of the text: a baseline has other vectors, not other places.
    var baselines = baselines
    baselines.padding = embeddings.padding
    var result = ScoreMultipliers(
      scores: [], baselineScores: [],
      multipliers: TokenVectors(lengths: embeddings.lengths, width: embeddings.width))
    let budget = traceBudget / 2
    let most = max(1, budget / max(1, traceBytesPerToken))
    for rows in groups(embeddings.lengths, tokens: min(most, Self.tokensPerPass)) {
      let text = try forward(embeddings, rows: rows, keeping: budget)
      let baseline = try forward(baselines, rows: rows, keeping: budget)
      let asked = Array(targets[rows])
      func values(_ pass: Pass) -> [Double] {
        asked.indices.map { asked[$0].unroundedValue(logits: pass.logits[row: $0], link: link) }
      }
      result.scores += values(text)
      result.baselineScores += values(baseline)
      let chords = asked.chords(from: baseline.logits, to: text.logits, link: link)
      result.multipliers.replace(
        rows, with: try backward(chords, pass: text, rule: .chords(from: baseline)),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return result
  }
}
