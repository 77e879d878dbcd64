import Tensors
import Tokenizers

/// A sentence encoder as sentence-transformers composes it: a transformer, pooling, and dense
/// layers. Its outputs are the components of the embedding.
///
/// Source: Reimers and Gurevych 2019, arXiv:1908.10084.
struct SentenceEncoder: Sendable {
  /// Has no head.
  var encoder: Transformer
  /// Several are concatenated.
  let poolings: [TokenPooling]
  let layers: [Layer]
  /// Whether embeddings are normalised to length 1, which is left to the comparison.
  let isNormalized: Bool

  struct Layer: Sendable {
    let dense: Linear
    let activation: Activation
  }

  /// The encoder's width.
  let width: Int

  /// The size of an embedding.
  var outputs: Int { layers.last?.dense.weight.rows ?? poolings.count * width }

  struct Pass: NetworkPass {
    let encoder: Transformer.Pass
    let encoded: [Float]
    /// Before the activations of the layers.
    let hidden: [Matrix]
    let logits: Matrix
  }

  /// Runs some rows of a batch.
  /// - Parameter budget: the most bytes of traces; nil keeps nothing for a backward pass.
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
      encoder: pass, encoded: budget == nil ? [] : encoded, hidden: hidden, logits: x)
  }

  /// The gradient at the word embeddings, `[N, E]`, from that at the outputs.
  /// - Throws: `CancellationError`, `TensorError`.
  func backward(
    _ dVectors: Matrix, pass: consuming Pass, rule: consuming LayerRule<Pass>
  ) throws -> [Float] {
    let (pass, rule) = (pass, rule)
    var d = dVectors
    for (index, layer) in layers.enumerated().reversed() {
      // forward:  x = activation(dense(x))
      guard let given = rule.map({ $0.hidden[index].elements }) else { return [] }
      d.elements = layer.activation.backward(
        d.elements, input: pass.hidden[index].elements, rule: given, workers: .one)
      d = layer.dense.backward(d)
    }
    let texts = pass.encoder.texts
    var dEncoded = zeros(texts.count * width)
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

extension SentenceEncoder: LayerwiseNetwork {
  var classes: [String] { (0..<outputs).map { "\($0)" } }
  var link: OutputLink { .identity }
  var traits: ClassifierTraits {
    ClassifierTraits(
      [.predictions, .gradients, .relevance, .multipliers, .randomisation],
      normalisesWordsAlone: encoder.traits.normalisesWordsAlone,
      roundsFactors: encoder.traits.roundsFactors)
  }
  var vocabularySize: Int { encoder.vocabularySize }
  var embeddingWidth: Int { encoder.embeddingWidth }
  var workers: Workers {
    get { encoder.workers }
    set { encoder.workers = newValue }
  }
  var traceBudget: Int {
    get { encoder.traceBudget }
    set { encoder.traceBudget = newValue }
  }
  var traceBytesPerToken: Int { encoder.traceBytesPerToken }

  func embeddings(for batch: [[Token]]) throws -> TokenVectors {
    try encoder.embeddings(for: batch)
  }

  var randomizableLayers: [String] { Array(encoder.randomizableLayers.dropFirst()) }

  /// Layers after the pooling are randomised together with the encoder's last layer.
  func randomizingLayers(first count: Int, seed: UInt64) throws -> SentenceEncoder {
    // The encoder's own head has no weights to randomise.
    guard count > 0 else { return self }
    let random = try encoder.randomizingLayers(first: count + 1, seed: seed)
    var numbers = UniformNumbers(seed: seed &+ 1)
    return SentenceEncoder(
      encoder: random, poolings: poolings,
      layers: layers.map { layer in
        Layer(
          dense: Linear(
            weight: numbers.randomized(layer.dense.weight),
            bias: layer.dense.bias.map { numbers.randomized($0) }), activation: layer.activation)
      }, isNormalized: isNormalized, width: width)
  }
}
