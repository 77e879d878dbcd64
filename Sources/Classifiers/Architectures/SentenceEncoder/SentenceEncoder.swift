import Tensors
import Tokenizers

/// An encoder with one vector a text, as sentence-transformers composes it: a transformer, a pooling,
/// and layers on what was pooled. Its outputs are the vector's numbers.
///
/// Source: Reimers and Gurevych 2019, arXiv:1908.10084.
struct SentenceEncoder: Sendable {
  /// Without a head.
  var encoder: Transformer
  /// Several stand side by side.
  let poolings: [TokenPooling]
  let layers: [Layer]
  /// Vectors have the length 1. Who compares them sees to it.
  let isNormalized: Bool

  struct Layer: Sendable {
    let dense: Linear
    let activation: Activation
  }

  /// Of the encoder.
  let width: Int

  /// Numbers of a text's vector.
  var outputs: Int { layers.last?.dense.weight.rows ?? poolings.count * width }

  struct Pass: Sendable {
    let encoder: Transformer.Pass
    let encoded: [Float]
    /// Before the functions of the layers.
    let hidden: [Matrix]
    let vectors: Matrix
  }

  /// Some rows of a batch.
  /// - Parameter budget: the bytes that traces may take; nil keeps nothing for a way back.
  /// - Throws: `CancellationError`, `TensorError.productFailed`, `ClassifierError`.
  func forward(
    _ embeddings: TokenVectors, rows: Range<Int>, keeping budget: Int?
  ) throws -> Pass {
    let (encoded, pass) = try encoder.encode(embeddings, rows: rows, keeping: budget)
    let pooled = poolings.map { $0.forward(encoded, texts: pass.texts, width: width) }
    var x = Matrix(zeros: rows.count, poolings.count * width)
    for row in 0..<rows.count { x.replace(row: row, with: pooled.flatMap { $0[row: row] }) }
    var hidden: [Matrix] = []
    for layer in layers {
      x = layer.dense.forward(x)
      hidden.append(x)
      x.elements = layer.activation.forward(x.elements)
    }
    return Pass(
      encoder: pass, encoded: budget == nil ? [] : encoded, hidden: hidden, vectors: x)
  }

  /// The gradient at the words' embeddings, `[N, E]`, from the one at the vectors.
  /// - Throws: `CancellationError`, `TensorError`.
  func backward(_ dVectors: Matrix, pass: Pass, rule: LayerRule<Pass>) throws -> [Float] {
    var d = dVectors
    for (index, layer) in layers.enumerated().reversed() {
      // forward:  x = activation(dense(x))
      guard let given = rule.map({ $0.hidden[index].elements }) else { return [] }
      d.elements = layer.activation.backward(
        d.elements, input: pass.hidden[index].elements, rule: given, workers: .one)
      d = layer.dense.backward(d)
    }
    let texts = pass.encoder.texts
    var dEncoded = zeros(PackedMatrix.paddedRows(texts.count) * width)
    for (index, pooling) in poolings.enumerated() {
      var part = Matrix(zeros: d.rows, width)
      for row in 0..<d.rows {
        part.replace(row: row, with: Array(d[row: row][index * width..<(index + 1) * width]))
      }
      pooling.backward(
        part, x: pass.encoded, baseline: rule.baseline?.encoded, texts: texts, into: &dEncoded)
    }
    return try encoder.backward(encoded: dEncoded, pass: pass.encoder, rule: rule[\.encoder])
  }
}

extension SentenceEncoder: Network {
  var classes: [String] { (0..<outputs).map { "\($0)" } }
  var link: OutputLink { .identity }
  var vocabularySize: Int { encoder.vocabularySize }

  func rowsPerCall(tokens: Int) -> Int { encoder.rowsPerCall(tokens: tokens) }

  func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    try encoder.embeddings(for: batch)
  }

  func logits(for batch: [[Token]]) throws -> Matrix {
    try logits(from: embeddings(for: batch))
  }

  func logits(from embeddings: TokenVectors) throws -> Matrix {
    try encoder.validate(embeddings)
    return joined(
      try encoder.groups(embeddings.lengths, tokens: Transformer.tokensPerPass).map { rows in
        try forward(embeddings, rows: rows, keeping: nil).vectors
      })
  }

  func gradient(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .derivative)
  }

  func relevance(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient {
    try gradient(of: targets, at: embeddings, rule: .relevance)
  }

  private func gradient(
    of targets: [Target], at embeddings: TokenVectors, rule: NetworkRule
  ) throws -> ScoreGradient {
    let logits = try logits(from: embeddings)
    let weights = targets.enumerated().flatMap { row, target in
      target.gradient(logits: logits[row: row], link: link)
    }
    return ScoreGradient(
      logits: logits, scores: scores(of: targets, logits: logits),
      gradient: try gradient(
        weighing: Matrix(rows: logits.rows, columns: logits.columns, elements: weights),
        at: embeddings, rule: rule))
  }

  func gradient(
    weighing weights: Matrix, at embeddings: TokenVectors, rule: NetworkRule
  ) throws -> TokenVectors {
    try encoder.validate(embeddings)
    return try groups(embeddings, budget: encoder.traceBudget) { rows in
      let pass = try forward(embeddings, rows: rows, keeping: encoder.traceBudget)
      return try backward(weights[rows: rows], pass: pass, rule: rule.layerRule())
    }
  }

  func multipliers(
    of targets: [Target], at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> ScoreMultipliers {
    let (texts, starts) = (try logits(from: embeddings), try logits(from: baselines))
    func values(_ logits: Matrix) -> [Double] {
      targets.indices.map { targets[$0].unroundedValue(logits: logits[row: $0], link: link) }
    }
    return ScoreMultipliers(
      scores: values(texts), baselineScores: values(starts),
      multipliers: try multipliers(
        weighing: targets.chords(from: starts, to: texts, link: link), at: embeddings,
        from: baselines))
  }

  func multipliers(
    weighing weights: Matrix, at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> TokenVectors {
    try encoder.validate(embeddings)
    try validate(baselines, like: embeddings)
    var baselines = baselines
    baselines.takeMarks(of: embeddings)
    let budget = encoder.traceBudget / 2
    return try groups(embeddings, budget: budget) { rows in
      let text = try forward(embeddings, rows: rows, keeping: budget)
      let baseline = try forward(baselines, rows: rows, keeping: budget)
      return try backward(weights[rows: rows], pass: text, rule: .chords(from: baseline))
    }
  }

  private func groups(
    _ embeddings: TokenVectors, budget: Int, _ back: (Range<Int>) throws -> [Float]
  ) throws -> TokenVectors {
    var result = TokenVectors(lengths: embeddings.lengths, width: embeddings.width)
    let most = min(
      max(1, budget / max(1, encoder.traceBytesPerToken)), Transformer.tokensPerPass)
    for rows in encoder.groups(embeddings.lengths, tokens: most) {
      result.replace(
        rows, with: try back(rows), texts: TextSpans(lengths: Array(embeddings.lengths[rows])))
    }
    return result
  }

  var randomizableLayers: [String] { Array(encoder.randomizableLayers.dropFirst()) }

  /// Layers behind the pooling are drawn with the encoder's last.
  func randomizingLayers(first count: Int, seed: UInt64) throws -> any Classifier {
    // An encoder's own head has no weight to draw.
    guard count > 0,
      let random = try encoder.randomizingLayers(first: count + 1, seed: seed) as? Transformer
    else { return self }
    var numbers = UniformNumbers(seed: seed &+ 1)
    return SentenceEncoder(
      encoder: random, poolings: poolings,
      layers: layers.map { layer in
        Layer(
          dense: Linear(
            weight: numbers.redrawn(layer.dense.weight),
            bias: layer.dense.bias.map { numbers.redrawn($0) }), activation: layer.activation)
      }, isNormalized: isNormalized, width: width)
  }
}
