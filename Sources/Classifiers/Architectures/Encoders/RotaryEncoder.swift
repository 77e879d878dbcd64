import Checkpoints
import Tensors

/// What BERT-like encoders with rotary positions have in common: no position table, and layers that
/// normalise their outputs.
struct RotaryEncoder: Sendable {
  var vocabulary: Int
  /// The default number of token types.
  var types: Int
  var epsilon = 1e-12
  var activation: String
  var rotary: RotarySettings
  var names: Names
  /// Whether attention's linear layers, and the outer one of the feed-forward layer, have a bias.
  var hasBias = true

  /// The names of the parts in files: those of the authors, not of the modules of transformers 5.
  struct Names: Sendable {
    /// In the encoder's module.
    var embeddingNorm, layers: String
    /// In a layer.
    var projection, attentionOutput, attentionNorm, outputNorm: String
    var inner: Inner
    var outer: String
  }

  /// The inner part of a feed-forward layer.
  enum Inner: Sendable {
    case plain(String)
    case gated(gate: String, up: String)
    /// The value, followed by its gate.
    case packed(String)
  }

  /// - Parameter weights: the weights of the encoder's module.
  /// - Throws: `CheckpointError`, `ClassifierError`, `TensorError.packingFailed`.
  func transformer(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights, sizes: EncoderSizes
  ) throws -> Transformer {
    let embeddings = weights["embeddings"]
    let epsilon = try configuration.number("layer_norm_eps", default: epsilon)
    let activation = try configuration.activation("hidden_act", default: activation)
    let types = try configuration.size("type_vocab_size", default: types, in: 0...100_000)
    let headWidth = sizes.headWidth
    _ = try configuration.size("head_dim", default: headWidth, in: headWidth...headWidth)
    let positions = try configuration.rotaryPositions(width: headWidth, rotary)
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          embeddings["word_embeddings"], configuration, count: vocabulary, width: sizes.width),
        types: try TextEmbedding.types(embeddings, count: types, width: sizes.width),
        norm: try weights[names.embeddingNorm].norm(width: sizes.width, epsilon: epsilon)),
      layers: try sizes.layers { index in
        let layer = weights["\(names.layers).\(index)"]
        return TransformerLayer(
          attention: SelfAttention(
            projection: try layer[names.projection].dense(
              inputs: sizes.width, outputs: 3 * sizes.width, hasBias: hasBias),
            output: try layer[names.attentionOutput].dense(
              inputs: sizes.width, outputs: sizes.width, hasBias: hasBias),
            core: sizes.attention, rotation: positions),
          attentionNorm: try layer[names.attentionNorm].norm(width: sizes.width, epsilon: epsilon),
          feedForward: try feedForward(layer, sizes: sizes, activation: activation),
          outputNorm: try layer[names.outputNorm].norm(width: sizes.width, epsilon: epsilon),
          order: .normAfter)
      })
  }

  private func feedForward(
    _ weights: ModuleWeights, sizes: EncoderSizes, activation: Activation
  ) throws -> FeedForward {
    let outer = try weights[names.outer].dense(
      inputs: sizes.inner, outputs: sizes.width, hasBias: hasBias)
    let inner: Dense
    switch names.inner {
    case .plain(let name):
      return FeedForward(
        inner: try weights[name].dense(inputs: sizes.width, outputs: sizes.inner), outer: outer,
        activation: activation)
    case .gated(let gate, let up):
      inner = try weights.dense(
        joining: [(gate, sizes.inner), (up, sizes.inner)], inputs: sizes.width, hasBias: false)
    case .packed(let name):
      let table = try weights[name].table(rows: 2 * sizes.inner, columns: sizes.width)
      let half = weights.hasNumbers ? sizes.inner * sizes.width : 0
      inner = try Dense(
        Matrix(
          rows: table.rows, columns: table.columns,
          elements: Array(table.elements[half...] + table.elements[..<half])))
    }
    return FeedForward(inner: inner, outer: outer, activation: activation, isGated: true)
  }
}

/// A family of such encoders, with BERT's pooler as its head.
protocol RotaryEncoderFamily: SingleStackFamily {
  static var mould: RotaryEncoder { get }
  static var positions: Int { get }
  static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes
}

extension RotaryEncoderFamily {
  static var settings: [String] { BERT.settings }

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.rotaryLimit(mould.rotary, positions: positions)
  }

  static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration)
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try mould.transformer(configuration, weights: weights, sizes: try sizes(configuration))
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights[encoder]["pooler.dense"], activation: .tanh, output: weights["classifier"],
      width: try sizes(configuration).width, classes: configuration.classes.count)
  }
}
