import Tensors
public import Tokenizers

extension Transformer: LayerwiseNetwork {
  public var traits: ClassifierTraits {
    ClassifierTraits(
      [
        .predictions, .gradients, .relevance, .multipliers, .layers, .attention, .valueZeroing,
        .randomisation,
      ], pooling: head.pooling.readsOneToken ? .oneToken : .other,
      // with nothing added to them before normalisation
      normalisesWordsAlone: embedding.norm != nil && embedding.positions == nil
        && embedding.types == nil,
      roundsFactors: layers.contains { $0.attention.output.roundsFactors })
  }

  public func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    try embedding.vectors(for: batch)
  }

  var vocabularySize: Int { embedding.words.weight.rows }
  var embeddingWidth: Int { embedding.words.weight.columns }

  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, keeping budget: Int?
  ) throws -> Pass {
    try forward(embeddings, rows: rows, silenced: nil, keeping: budget)
  }

  func backward(
    _ dLogits: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>
  ) throws -> [Float] {
    try backward(dLogits, pass: pass, rule: rule) { _, _, _ in }
  }
}

extension Transformer {
  /// Runs some rows of a batch through all layers.
  /// - Parameter silenced: one token per row whose value vectors are zero in every layer.
  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, silenced: [Int]?, keeping budget: Int?
  ) throws -> Pass {
    let texts = TextSpans(lengths: Array(embeddings.lengths[rows]))
    let silencedRows = silenced.map { zip(texts.ranges, $0).map { $0.lowerBound + $1 } }
    return try forward(
      packed(embeddings, rows: rows, texts: texts), texts: texts,
      places: embedding.places(
        of: texts, padding: embeddings.padding(of: rows), types: embeddings.types(of: rows)),
      padding: embeddings.padding(of: rows), silenced: silencedRows ?? [], keeping: budget)
  }

  /// The output of the last layer for some rows of a batch, `[N, D]`.
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

  /// The vectors of some rows, concatenated, `[N, E]`.
  func packed(_ embeddings: TokenVectors, rows: Range<Int>, texts: TextSpans) -> [Float] {
    let width = embeddings.width
    var vectors = zeros(texts.count * width)
    for (text, row) in zip(texts.ranges, rows) where !text.isEmpty {
      let start = embeddings.range(row: row, token: 0).lowerBound
      vectors.replaceSubrange(
        text.lowerBound * width..<text.upperBound * width,
        with: embeddings.values[start..<start + text.count * width])
    }
    return vectors
  }
}

extension TokenVectors {
  /// Copies results of some rows, concatenated, to their places.
  mutating func replace(_ rows: Range<Int>, with packed: [Float], texts: TextSpans) {
    for (text, row) in zip(texts.ranges, rows) where !text.isEmpty {
      let start = range(row: row, token: 0).lowerBound
      values.replaceSubrange(
        start..<start + text.count * width,
        with: packed[text.lowerBound * width..<text.upperBound * width])
    }
  }
}
