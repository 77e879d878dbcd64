import Checkpoints
import Tensors

/// BERT with shared layers.
///
/// Sources: Lan et al. 2019, arXiv:1909.11942; transformers' `AlbertForSequenceClassification`.
enum ALBERT: SingleStackFamily {
  static let modelTypes = ["albert"]
  static let encoder = "albert"
  static let settings =
    ["embedding_size"] + BERT.settings + ["num_hidden_groups", "inner_group_num"]

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      dense: weights["albert.pooler"], activation: .tanh, output: weights["classifier"],
      width: try sizes(configuration).width, classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (4096, 12, 64, 16_384))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    let sizes = try sizes(configuration)
    let width = try configuration.size("embedding_size", default: 128, in: 1...65_536)
    return Transformer(
      embedding: try BERT.embedding(
        weights["embeddings"], configuration, width: width, vocabulary: 30_000,
        projection: try weights["encoder.embedding_hidden_mapping_in"].dense(
          inputs: width, outputs: sizes.width)),
      layers: try layers(weights["encoder.albert_layer_groups"], configuration, sizes: sizes))
  }

  /// The layers in the order in which they are used.
  private static func layers(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes
  ) throws -> [TransformerLayer] {
    let names = LayerNames(
      queries: "attention.query", keys: "attention.key", values: "attention.value",
      attentionOutput: "attention.dense", attentionNorm: "attention.LayerNorm", inner: "ffn",
      outer: "ffn_output", outputNorm: "full_layer_layer_norm")
    let activation = try configuration.activation("hidden_act", default: "gelu_new")
    let epsilon = try configuration.number("layer_norm_eps", default: 1e-12)
    let groupCount = try configuration.size("num_hidden_groups", default: 1, in: 1...sizes.layers)
    let groupSize = try configuration.size("inner_group_num", default: 1, in: 1...1024)
    let groups = try (0..<groupCount).map { group in
      try (0..<groupSize).map { index in
        try TransformerLayer(
          weights["\(group).albert_layers.\(index)"], names: names, sizes: sizes,
          core: sizes.attention, activation: activation, epsilon: epsilon)
      }
    }
    return (0..<sizes.layers).flatMap { groups[$0 * groupCount / sizes.layers] }
  }
}
