import Checkpoints
import Tensors

/// Rotary positions, alternating local and global attention, gated feed-forward layers.
///
/// Sources: Warner et al. 2024, arXiv:2412.13663; transformers'
/// `ModernBertForSequenceClassification`.
enum ModernBERT: SingleStackFamily {
  static let modelTypes = ["modernbert"]
  static let encoder = "model"
  static let settings = [
    "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
    "hidden_activation", "max_position_embeddings", "local_attention", "classifier_pooling",
    "vocab_size",
  ]

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 8192)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (768, 22, 12, 1152))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    let sizes = try sizes(configuration)
    let embeddings = weights["embeddings"]
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          embeddings["tok_embeddings"], configuration, count: 50_368, width: sizes.width),
        positions: nil, norm: try norm(embeddings["norm"], configuration, sizes),
        projection: nil),
      layers: try layers(weights["layers"], configuration, sizes: sizes),
      finalNorm: try norm(weights["final_norm"], configuration, sizes))
  }

  private static func norm(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, _ sizes: EncoderSizes
  ) throws -> LayerNorm {
    try weights.norm(
      width: sizes.width, epsilon: try configuration.number("norm_eps", default: 1e-5),
      hasBias: try configuration.flag("norm_bias", default: false))
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    let sizes = try sizes(configuration)
    try configuration.require("classifier_pooling", oneOf: ["cls", "mean"])
    return ClassificationHead(
      pooling: try configuration.string("classifier_pooling", default: "cls") == "mean"
        ? .mean : .first,
      dense: try weights["head.dense"].linear(
        inputs: sizes.width, outputs: sizes.width,
        hasBias: try configuration.flag("classifier_bias", default: false)),
      activation: try configuration.activation("classifier_activation", default: "gelu"),
      norm: try norm(weights["head.norm"], configuration, sizes),
      output: try weights["classifier"].linear(
        inputs: sizes.width, outputs: configuration.classes.count))
  }

  private static func layers(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, sizes: EncoderSizes
  ) throws -> [TransformerLayer] {
    guard sizes.headWidth.isMultiple(of: 2) else {
      throw ClassifierError.badSetting(name: "num_attention_heads", value: "\(sizes.heads)")
    }
    let hasBias = try configuration.flag("attention_bias", default: false)
    let hasInnerBias = try configuration.flag("mlp_bias", default: false)
    let activation = try configuration.activation("hidden_activation", default: "gelu")
    let window = try configuration.size("local_attention", default: 128) / 2
    let isLocal = try localLayers(configuration, count: sizes.layers)
    let factor = 1 / Float(sizes.headWidth).squareRoot()
    let far = Attention(heads: sizes.heads, width: sizes.headWidth, factor: factor)
    let near = Attention(
      heads: sizes.heads, width: sizes.headWidth, factor: factor, window: window)
    let farBase = try base(configuration, kind: "full_attention", "global", 160_000)
    // null means the same as for global layers.
    let nearBase =
      configuration.isNull("local_rope_theta")
      ? farBase : try base(configuration, kind: "sliding_attention", "local", 10_000)
    let farPositions = RotaryPositions(width: sizes.headWidth, base: farBase)
    let nearPositions = RotaryPositions(width: sizes.headWidth, base: nearBase)
    return try sizes.layers { index in
      let layer = weights["\(index)"]
      return TransformerLayer(
        attention: SelfAttention(
          projection: try layer["attn.Wqkv"].dense(
            inputs: sizes.width, outputs: 3 * sizes.width, hasBias: hasBias),
          output: try layer["attn.Wo"].dense(
            inputs: sizes.width, outputs: sizes.width, hasBias: hasBias),
          core: isLocal[index] ? near : far,
          rotation: isLocal[index] ? nearPositions : farPositions),
        attentionNorm: index == 0 ? nil : try norm(layer["attn_norm"], configuration, sizes),
        feedForward: FeedForward(
          inner: try layer["mlp.Wi"].dense(
            inputs: sizes.width, outputs: 2 * sizes.inner, hasBias: hasInnerBias),
          outer: try layer["mlp.Wo"].dense(
            inputs: sizes.inner, outputs: sizes.width, hasBias: hasInnerBias),
          activation: activation, isGated: true),
        outputNorm: try norm(layer["mlp_norm"], configuration, sizes), order: .normBefore)
    }
  }

  /// By name for each layer or, in older configurations, as the distance between global layers.
  private static func localLayers(
    _ configuration: HuggingFaceConfiguration, count: Int
  ) throws -> [Bool] {
    guard let types = try configuration.strings("layer_types") else {
      let step = try configuration.size("global_attn_every_n_layers", default: 3)
      return (0..<count).map { !$0.isMultiple(of: step) }
    }
    guard types.count == count else {
      throw ClassifierError.wrongCount(of: "layer_types", expected: count, found: types.count)
    }
    return try types.map { type in
      guard ["full_attention", "sliding_attention"].contains(type) else {
        throw ClassifierError.badSetting(name: "layer_types", value: type)
      }
      return type == "sliding_attention"
    }
  }

  private static func base(
    _ configuration: HuggingFaceConfiguration, kind: String, _ old: String, _ value: Double
  ) throws -> Float {
    try configuration.require("rope_scaling", oneOf: ["null"])
    let parameters = try configuration.section("rope_parameters")?.section(kind)
    try parameters?.require("rope_type", oneOf: ["default"])
    let base =
      try parameters?.number("rope_theta", default: value)
      ?? configuration.number("\(old)_rope_theta", default: value)
    guard base > 1 else { throw ClassifierError.badSetting(name: "rope_theta", value: "\(base)") }
    return Float(base)
  }
}
