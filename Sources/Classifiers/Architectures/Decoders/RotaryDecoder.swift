import Checkpoints
import Tensors

/// What Llama and its relatives have in common: layers that normalise their inputs by the root mean
/// square, rotary positions, gated feed-forward layers. A family sets where it differs.
struct RotaryDecoder: Sendable {
  let sizes: DecoderSizes
  let activation: Activation
  let epsilon: Double
  /// For each layer; nil if it has no positions.
  let positions: [RotaryPositions?]
  /// The window of each layer, including the token itself; nil if it attends back to the start.
  let windows: [Int?]
  /// Which linear layers have a bias.
  var hasProjectionBias = false
  var hasOutputBias = false
  var hasFeedForwardBias = false
  /// Whether projections are fused: `qkv_proj` and `gate_up_proj`.
  var isFused = false
  /// Whether each head's query and key are normalised.
  var normalisesHeads = false
  /// Whether the outputs of attention and feed-forward are normalised before they are added.
  var normalisesResults = false
  /// Added to the scales of all normalisations.
  var normOffset: Float = 0
  var isCausal = true
  var softCap: Float?
  /// Queries are divided by its root; nil for the width of a head.
  var queryScale: Double?
  /// The factor of word embeddings.
  var wordScale: Float = 1
  /// The id of padding that the head skips.
  var padding: Int?

  /// - Parameter weights: the weights of the module that contains the layers.
  /// - Throws: `CheckpointError`, `TensorError.packingFailed`.
  func transformer(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights, vocabulary: Int
  ) throws -> Transformer {
    let layers = weights["layers"]
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          weights["embed_tokens"], configuration, count: vocabulary, width: sizes.width),
        scale: wordScale, unread: padding),
      layers: try Workers.all.map(sizes.layers) { try layer(layers["\($0)"], index: $0) },
      finalNorm: try norm(weights["norm"]))
  }

  private func norm(_ weights: ModuleWeights, width: Int? = nil) throws -> LayerNorm {
    try weights.rootMeanSquareNorm(
      width: width ?? sizes.width, epsilon: epsilon, offset: normOffset)
  }

  private func layer(_ weights: ModuleWeights, index: Int) throws -> TransformerLayer {
    // The norm before the feed-forward layer in Gemma's second generation has the name of the one
    // after attention in other families.
    let before = normalisesResults ? "pre_feedforward_layernorm" : "post_attention_layernorm"
    return TransformerLayer(
      attention: try attention(weights["self_attn"], index: index),
      attentionNorm: try norm(weights["input_layernorm"]),
      feedForward: try feedForward(weights["mlp"]), outputNorm: try norm(weights[before]),
      attentionResultNorm: normalisesResults
        ? try norm(weights["post_attention_layernorm"]) : nil,
      feedForwardResultNorm: normalisesResults
        ? try norm(weights["post_feedforward_layernorm"]) : nil)
  }

  private func attention(_ weights: ModuleWeights, index: Int) throws -> SelfAttention {
    let queries = sizes.heads * sizes.headWidth
    let keys = sizes.keyHeads * sizes.headWidth
    let scale = Float(queryScale ?? Double(sizes.headWidth))
    // A window includes the token itself.
    let core = Attention(
      heads: sizes.heads, keyHeads: sizes.keyHeads, width: sizes.headWidth,
      factor: 1 / scale.squareRoot(), window: windows[index].map { $0 - 1 },
      isCausal: isCausal, softCap: softCap)
    return SelfAttention(
      projection: isFused
        ? try weights["qkv_proj"].dense(
          inputs: sizes.width, outputs: queries + 2 * keys, hasBias: hasProjectionBias)
        : try weights.dense(
          joining: [("q_proj", queries), ("k_proj", keys), ("v_proj", keys)],
          inputs: sizes.width, hasBias: hasProjectionBias),
      output: try weights["o_proj"].dense(
        inputs: queries, outputs: sizes.width, hasBias: hasOutputBias),
      core: core,
      norms: normalisesHeads
        ? HeadNorms(
          queries: try norm(weights["q_norm"], width: sizes.headWidth),
          keys: try norm(weights["k_norm"], width: sizes.headWidth)) : nil,
      rotation: positions[index])
  }

  private func feedForward(_ weights: ModuleWeights) throws -> FeedForward {
    FeedForward(
      inner: isFused
        ? try weights["gate_up_proj"].dense(
          inputs: sizes.width, outputs: 2 * sizes.inner, hasBias: hasFeedForwardBias)
        : try weights.dense(
          joining: [("gate_proj", sizes.inner), ("up_proj", sizes.inner)], inputs: sizes.width,
          hasBias: hasFeedForwardBias),
      outer: try weights["down_proj"].dense(
        inputs: sizes.inner, outputs: sizes.width, hasBias: hasFeedForwardBias),
      activation: activation, isGated: true)
  }
}

/// A family whose models consist of `model.…` and, unless they define another head, a score layer.
protocol RotaryDecoderFamily: SingleStackFamily {
  static var vocabulary: Int { get }
  /// The default number of positions.
  static var positions: Int { get }
  /// Rotary settings of global layers.
  static var rotary: RotarySettings { get }
  /// - Throws: `CheckpointError`, `ClassifierError`.
  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder
}

extension RotaryDecoderFamily {
  static var encoder: String { "model" }
  static var rotary: RotarySettings { RotarySettings() }
  static var settings: [String] {
    [
      "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
      "head_dim", "intermediate_size", "hidden_act", "hidden_activation",
      "max_position_embeddings", "sliding_window", "pad_token_id", "vocab_size",
    ]
  }

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.rotaryLimit(rotary, positions: positions)
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try decoder(configuration).transformer(
      configuration, weights: weights, vocabulary: vocabulary)
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .score(
      weights, width: try decoder(configuration).sizes.width,
      classes: configuration.classes.count)
  }
}
