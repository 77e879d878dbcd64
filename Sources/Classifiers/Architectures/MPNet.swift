import Checkpoints
import Glibc
import Tensors

/// BERT's layers with a relative attention bias, shared by all layers.
///
/// Sources: Song et al. 2020, arXiv:2004.09297; transformers' `MPNetForSequenceClassification`.
enum MPNet: SingleStackFamily {
  static let modelTypes = ["mpnet"]
  static let encoder = "mpnet"
  static let settings = [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
    "max_position_embeddings", "relative_attention_num_buckets", "vocab_size",
  ]

  /// transformers has the padding token's id in its code, whatever the configuration says.
  private static let padding = 1

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 512, in: 3...10_000_000)
      - padding - 1
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .projected(
      weights["classifier"], width: try EncoderSizes(configuration).width,
      classes: configuration.classes.count)
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    let sizes = try EncoderSizes(configuration)
    let activation = try configuration.activation("hidden_act", default: "gelu")
    let epsilon = try configuration.number("layer_norm_eps", default: 1e-12)
    let core = Attention(
      heads: sizes.heads, width: sizes.headWidth, factor: 1 / Float(sizes.headWidth).squareRoot(),
      bias: .distances(try bias(weights["encoder"], configuration, heads: sizes.heads)))
    let names = LayerNames(
      queries: "attention.attn.q", keys: "attention.attn.k", values: "attention.attn.v",
      attentionOutput: "attention.attn.o", attentionNorm: "attention.LayerNorm",
      inner: "intermediate.dense", outer: "output.dense", outputNorm: "output.LayerNorm")
    let embeddings = weights["embeddings"]
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          embeddings["word_embeddings"], configuration, count: 30_527, width: sizes.width),
        positions: try TextEmbedding.positions(
          embeddings,
          rows: try configuration.size("max_position_embeddings", default: 512, in: 3...10_000_000),
          width: sizes.width),
        firstPosition: padding + 1, uncounted: padding,
        norm: try embeddings["LayerNorm"].norm(width: sizes.width, epsilon: epsilon),
        projection: nil),
      layers: try sizes.layers { index in
        try TransformerLayer(
          weights["encoder.layer.\(index)"], names: names, sizes: sizes, core: core,
          activation: activation, epsilon: epsilon)
      })
  }

  private static func bias(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, heads: Int
  ) throws -> DistanceBias {
    // transformers always uses 32 buckets; the setting gives the table's size.
    let rows = try configuration.size(
      "relative_attention_num_buckets", default: 32, in: 32...100_000)
    let table = try weights["relative_attention_bias"].table(rows: rows, columns: heads)
    let values = (0..<heads).flatMap { head in
      (-reach...reach).map { distance in
        weights.hasNumbers ? table[bucket(distance: distance), head] : 0
      }
    }
    return DistanceBias(reach: reach, values: values)
  }

  /// All distances from here on share a bucket.
  private static let reach = 128

  /// T5's buckets: 16 for each direction, of which 8 have one distance each and 8 grow
  /// logarithmically.
  /// - Parameter distance: `key - query`.
  static func bucket(distance: Int) -> Int {
    let start = distance > 0 ? 16 : 0
    let away = abs(distance)
    guard away >= 8 else { return start + away }
    // In single precision, as in PyTorch: the edges of buckets depend on rounding.
    let power = log(Float(away) / 8) / Float(log(128.0 / 8)) * 8
    return start + min(15, 8 + Int(power))
  }
}
