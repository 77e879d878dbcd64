import Checkpoints
import Tensors

/// Parallel attention and feed-forward layers, and partial rotary positions. Also Pythia.
///
/// Sources: Black et al. 2022, arXiv:2204.06745; transformers' `GPTNeoXForSequenceClassification`.
enum GPTNeoX: SingleStackFamily {
  static let modelTypes = ["gpt_neox"]
  static let encoder = "gpt_neox"
  static let settings = [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
    "max_position_embeddings", "rotary_pct", "use_parallel_residual", "pad_token_id",
    "vocab_size",
  ]
  private static let rotary = RotarySettings(
    baseName: "rotary_emb_base", shareName: "rotary_pct", share: 0.25)

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.rotaryLimit(rotary, positions: 2048)
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .score(
      weights, width: try sizes(configuration).width, classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (6144, 44, 64, 24_576))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    let sizes = try sizes(configuration)
    let epsilon = try configuration.number("layer_norm_eps", default: 1e-5)
    let activation = try configuration.activation("hidden_act", default: "gelu")
    let isParallel = try configuration.flag("use_parallel_residual", default: true)
    let hasBias = try configuration.flag("attention_bias", default: true)
    let positions = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let core = Attention(
      heads: sizes.heads, width: sizes.headWidth, factor: sizes.attention.factor, isCausal: true)
    @Sendable func norm(_ weights: ModuleWeights) throws -> LayerNorm {
      try weights.norm(width: sizes.width, epsilon: epsilon)
    }
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          weights["embed_in"], configuration, count: 50_432, width: sizes.width),
        unread: try configuration.paddingID(default: nil)),
      layers: try sizes.layers { index in
        let layer = weights["layers.\(index)"]
        return TransformerLayer(
          attention: SelfAttention(
            projection: try projection(
              layer["attention.query_key_value"], sizes: sizes, hasBias: hasBias),
            output: try layer["attention.dense"].dense(
              inputs: sizes.width, outputs: sizes.width, hasBias: hasBias),
            core: core, rotation: positions),
          attentionNorm: try norm(layer["input_layernorm"]),
          feedForward: FeedForward(
            inner: try layer["mlp.dense_h_to_4h"].dense(
              inputs: sizes.width, outputs: sizes.inner),
            outer: try layer["mlp.dense_4h_to_h"].dense(
              inputs: sizes.inner, outputs: sizes.width),
            activation: activation),
          outputNorm: try norm(layer["post_attention_layernorm"]),
          order: isParallel ? .parallel : .normBefore)
      },
      finalNorm: try norm(weights["final_layer_norm"]))
  }

  /// Stored head by head: query, key and value.
  private static func projection(
    _ weights: ModuleWeights, sizes: EncoderSizes, hasBias: Bool
  ) throws -> Dense {
    let table = try weights.table(rows: 3 * sizes.width, columns: sizes.width)
    let bias = hasBias ? try weights.vector("bias", count: 3 * sizes.width) : nil
    guard weights.hasNumbers else { return try Dense(table) }
    // By part and head, from by head and part.
    let order = (0..<3).flatMap { part in
      (0..<sizes.heads).flatMap { head in
        (0..<sizes.headWidth).map { (head * 3 + part) * sizes.headWidth + $0 }
      }
    }
    return try Dense(
      Matrix(
        rows: table.rows, columns: table.columns, elements: order.flatMap { table[row: $0] }),
      bias: bias.map { bias in order.map { bias[$0] } })
  }
}
