import Checkpoints
import Tensors

/// Source: Devlin et al. 2018, arXiv:1810.04805; transformers' `BertForSequenceClassification`.
enum BERT: SingleStackFamily {
  static let modelTypes = ["bert"]
  static let encoder = "bert"
  static let settings = [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
    "max_position_embeddings", "type_vocab_size", "vocab_size",
  ]

  static let names = LayerNames(
    queries: "attention.self.query", keys: "attention.self.key", values: "attention.self.value",
    attentionOutput: "attention.output.dense", attentionNorm: "attention.output.LayerNorm",
    inner: "intermediate.dense", outer: "output.dense", outputNorm: "output.LayerNorm")

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights["bert.pooler.dense"], activation: .tanh, output: weights["classifier"],
      width: try EncoderSizes(configuration).width, classes: configuration.classes.count)
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    let sizes = try EncoderSizes(configuration)
    return Transformer(
      embedding: try embedding(weights["embeddings"], configuration, width: sizes.width),
      layers: try layers(weights["encoder.layer"], configuration, sizes: sizes))
  }

  /// Also used by ELECTRA, ALBERT, BigBird and Longformer.
  /// - Parameter width: the width of the vectors, which may be less than the encoder's.
  static func embedding(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, width: Int,
    vocabulary: Int = 30_522, positions: Int = 512, projection: Dense? = nil
  ) throws -> TextEmbedding {
    TextEmbedding(
      words: try TextEmbedding.words(
        weights["word_embeddings"], configuration, count: vocabulary, width: width),
      positions: try TextEmbedding.positions(
        weights, rows: try configuration.size("max_position_embeddings", default: positions),
        width: width),
      types: try TextEmbedding.types(
        weights, count: try configuration.size("type_vocab_size", default: 2, in: 0...100_000),
        width: width),
      norm: try weights["LayerNorm"].norm(
        width: width, epsilon: try configuration.number("layer_norm_eps", default: 1e-12)),
      projection: projection)
  }

  /// Also used by RoBERTa, ELECTRA, BigBird and Longformer.
  /// - Parameters:
  ///   - activation: the family's default.
  ///   - names: the names of a layer's parts.
  ///   - core: a layer's attention, if it is not BERT's.
  static func layers(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes,
    activation: String = "gelu", names: LayerNames = BERT.names,
    core: @Sendable (Int) -> Attention? = { _ in nil }
  ) throws -> [TransformerLayer] {
    let activation = try configuration.activation("hidden_act", default: activation)
    let epsilon = try configuration.number("layer_norm_eps", default: 1e-12)
    return try sizes.layers { index in
      try TransformerLayer(
        weights["\(index)"], names: names, sizes: sizes, core: core(index) ?? sizes.attention,
        activation: activation, epsilon: epsilon)
    }
  }
}
