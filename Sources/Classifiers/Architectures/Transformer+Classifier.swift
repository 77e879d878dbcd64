public import Tensors
public import Tokenizers

extension Transformer: DifferentiableClassifier {
  /// As the model computes it for these ids: in a family that counts positions by ids, a variant
  /// with padding in a token's place moves the positions of the tokens behind it.
  public func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  public func rowsPerCall(tokens: Int) -> Int {
    let (bytes, overflow) = max(1, tokens).multipliedReportingOverflow(
      by: max(1, traceBytesPerToken))
    return overflow ? 1 : min(64, max(1, traceBudget / bytes))
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    try embedding.vectors(for: batch)
  }

  public func logits(from embeddings: TokenVectors) throws -> Matrix {
    try validate(embeddings)
    return try joined(
      groups(embeddings.lengths, tokens: Self.tokensPerPass).map { rows in
        try forward(embeddings, rows: rows, keeping: nil).logits
      })
  }

  public func gradient(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .derivative)
  }
}

extension Transformer: RelevanceClassifier {
  public func relevance(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .relevance)
  }
}

extension Transformer {
  private func gradient(
    of targets: [Target], at embeddings: TokenVectors, rule: LayerRule<Pass>
  ) throws -> ScoreGradient {
    try validate(embeddings, targets)
    let (all, gradient) = try gradient(at: embeddings, rule: rule) { rows, logits in
      dLogits(of: targets[rows], logits: logits)
    }
    return ScoreGradient(
      logits: all, scores: scores(of: targets, logits: all), gradient: gradient)
  }

  /// - Parameter weights: the gradient at the logits of some rows, from those.
  private func gradient(
    at embeddings: TokenVectors, rule: LayerRule<Pass>,
    weights: (Range<Int>, Matrix) -> Matrix
  ) throws -> (logits: Matrix, gradient: TokenVectors) {
    var gradient = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    var logits: [Matrix] = []
    let most = max(1, traceBudget / max(1, traceBytesPerToken))
    for rows in groups(embeddings.lengths, tokens: min(most, Self.tokensPerPass)) {
      let pass = try forward(embeddings, rows: rows, keeping: traceBudget)
      logits.append(pass.logits)
      let d = weights(rows, pass.logits)
      gradient.replace(
        rows, with: try backward(d, pass: pass, rule: rule),
        texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return (joined(logits), gradient)
  }

  /// Some rows of a batch through all layers.
  /// - Parameter silenced: one token a row whose value vectors are zero in every layer.
  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, silenced: [Int]? = nil, keeping budget: Int?
  ) throws -> Pass {
    let texts = TextSpans(lengths: Array(embeddings.lengths[rows]))
    let silencedRows = silenced.map { zip(texts.ranges, $0).map { $0.lowerBound + $1 } }
    return try forward(
      packed(embeddings, rows: rows, texts: texts), texts: texts,
      places: embedding.places(
        of: texts, padding: embeddings.padding(of: rows), types: embeddings.types(of: rows)),
      padding: embeddings.padding(of: rows), silenced: silencedRows ?? [], keeping: budget)
  }

  /// Some rows of a batch as far as the head: what comes out of the last layer, `[N, D]`.
  func encode(
    _ embeddings: TokenVectors, rows: Range<Int>, keeping budget: Int?
  ) throws -> (x: [Float], pass: Pass) {
    let texts = TextSpans(lengths: Array(embeddings.lengths[rows]))
    return try encode(
      packed(embeddings, rows: rows, texts: texts), texts: texts,
      places: embedding.places(
        of: texts, padding: embeddings.padding(of: rows), types: embeddings.types(of: rows)),
      keeping: budget)
  }

  /// The vectors of some rows, one text after the other, `[N, E]` with room for padded rows.
  func packed(_ embeddings: TokenVectors, rows: Range<Int>, texts: TextSpans) -> [Float] {
    let width = embeddings.width
    var vectors = zeros(PackedMatrix.paddedRows(texts.count) * width)
    for (text, row) in zip(texts.ranges, rows) where !text.isEmpty {
      let start = embeddings.range(row: row, token: 0).lowerBound
      vectors.replaceSubrange(
        text.lowerBound * width..<text.upperBound * width,
        with: embeddings.values[start..<start + text.count * width])
    }
    return vectors
  }

  /// Rows of a batch in groups of so many tokens, at least a row each.
  func groups(_ lengths: [Int], tokens limit: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for (row, length) in lengths.enumerated() {
      if row > start, tokens + length > limit {
        groups.append(start..<row)
        start = row
        tokens = 0
      }
      tokens += length
    }
    if start < lengths.count { groups.append(start..<lengths.count) }
    return groups
  }

  func validate(_ embeddings: TokenVectors, _ targets: [Target]? = nil) throws {
    try validate(embeddings, targets, width: embedding.words.weight.columns)
  }

  func dLogits(of targets: some Sequence<Target>, logits: Matrix) -> Matrix {
    let rows = zip(targets, 0...).flatMap { target, row in
      target.gradient(logits: logits[row: row], link: link)
    }
    return Matrix(rows: logits.rows, columns: classes.count, elements: rows)
  }
}

extension Transformer: Network {
  var vocabularySize: Int { embedding.words.weight.rows }

  func gradient(
    weighing weights: Matrix, at embeddings: TokenVectors, rule: NetworkRule
  ) throws -> TokenVectors {
    try validate(embeddings)
    return try gradient(at: embeddings, rule: rule.layerRule()) { rows, _ in
      weights[rows: rows]
    }.gradient
  }
}

extension TokenVectors {
  /// Puts what was computed of some rows, one text after the other, into their places.
  mutating func replace(_ rows: Range<Int>, with packed: [Float], texts: TextSpans) {
    for (text, row) in zip(texts.ranges, rows) where !text.isEmpty {
      let start = range(row: row, token: 0).lowerBound
      values.replaceSubrange(
        start..<start + text.count * width,
        with: packed[text.lowerBound * width..<text.upperBound * width])
    }
  }
}

extension Transformer {
  /// The head takes one token's vector alone.
  public var readsOneTokenOnly: Bool {
    switch head.pooling {
    case .first, .last: true
    case .mean, .late: false
    }
  }

  /// Words' embeddings are normalised without positions, so that their lengths do not count.
  public var normalisesWordsAlone: Bool {
    embedding.norm != nil && embedding.positions == nil && embedding.types == nil
  }
}
