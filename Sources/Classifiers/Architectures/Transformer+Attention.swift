public import Tensors
public import Tokenizers

extension Transformer: InspectableClassifier {
  public func attentionMaps(
    of target: Target, at embeddings: TokenVectors
  ) throws -> AttentionMaps {
    guard embeddings.batch == 1 else {
      throw ClassifierError.wrongCount(of: "texts", expected: 1, found: embeddings.batch)
    }
    try validate(embeddings, [target])
    let tokens = embeddings.tokens
    let heads = layers.first?.attention.core.heads ?? 0
    try refuseMaps(tokens: tokens, maps: layers.count * heads)
    let pass = try forward(embeddings, rows: 0..<1, keeping: traceBudget)
    let logits = pass.logits
    let size = heads * tokens * tokens
    var maps = zeros(layers.count * size)
    var gradient = maps
    _ = try backward(dLogits(of: [target], logits: logits), pass: pass, rule: .derivative) {
      index, trace, dMixed in
      let core = layers[index].attention.core
      let place = index * size..<(index + 1) * size
      maps.replaceSubrange(
        place, with: try core.weights(trace.qkv, tokens: tokens, workers: workers))
      gradient.replaceSubrange(
        place,
        with: try core.weightGradient(dMixed, qkv: trace.qkv, tokens: tokens, workers: workers))
    }
    return AttentionMaps(
      layers: layers.count, heads: heads, tokens: tokens, logits: logits[row: 0],
      score: target.value(logits: logits[row: 0], link: link), maps: maps, gradient: gradient)
  }

  public func readToken(of embeddings: TokenVectors) -> Int {
    let texts = TextSpans(lengths: Array(embeddings.lengths.prefix(1)))
    return head.pooledRows(texts, padding: embeddings.padding).first?.first ?? 0
  }

  public func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    guard tokens.count == batch.count else {
      throw ClassifierError.wrongCount(of: "tokens", expected: batch.count, found: tokens.count)
    }
    for (text, token) in zip(batch, tokens) where !text.indices.contains(token) {
      throw ClassifierError.noSuchToken(index: token, tokens: text.count)
    }
    let embeddings = try embeddings(for: batch)
    return try joined(
      groups(embeddings.lengths, tokens: Self.tokensPerPass).map { rows in
        try forward(embeddings, rows: rows, silenced: Array(tokens[rows]), keeping: nil).logits
      })
  }

  public func valueZeroing(for text: [Token]) throws -> [Float] {
    let tokens = text.count
    guard tokens > 0 else { return [] }
    try refuseMaps(tokens: tokens, maps: layers.count)
    let span = TextSpans(lengths: [tokens])
    let embeddings = try embeddings(for: [text])
    var words = embeddings.values
    words += zeros(PackedMatrix.paddedRows(tokens) * (words.count / tokens) - words.count)
    let places = try embedding.places(
      of: span, padding: embeddings.padding, types: embeddings.types)
    var x = try embedding.forward(words, places: places, workers: workers).x
    var result: [Float] = []
    for (index, layer) in layers.enumerated() {
      let input = x
      let (y, trace) = try layer.forward(x, texts: span, workers: workers)
      x = y
      result += try SilencedLayer(
        tokens: tokens, width: layer.attention.output.outputs, core: layer.attention.core,
        qkv: trace.qkv, input: input, output: y
      ).turns { qkv, inputs, texts in
        try layer.forward(
          inputs, TransformerLayer.Projected(qkv: qkv), texts: texts, workers: workers
        ).y
      }
      if index == 0, let convolution {
        x = try convolution.forward(x, input: input, texts: span, workers: workers).y
      }
    }
    return result
  }

  /// Maps grow with the square of a text: those of 8,192 tokens in all layers would take 70 GB.
  func refuseMaps(tokens: Int, maps: Int) throws {
    let limit = Int((Double(Self.mapNumbers) / Double(max(1, maps))).squareRoot())
    guard tokens <= limit else {
      throw ClassifierError.tooManyTokensForMaps(count: tokens, limit: limit)
    }
  }

  /// As many numbers as all maps of a text may have: 512 MB.
  private static let mapNumbers = 1 << 27
}
