import Checkpoints
import Tensors

/// Learned positions, layers that normalise their inputs, linear layers stored transposed.
///
/// Sources: Radford et al. 2019, "Language Models are Unsupervised Multitask Learners";
/// transformers' `GPT2ForSequenceClassification`.
enum GPT2: SingleStackFamily {
  static let modelTypes = ["gpt2"]
  static let encoder = "transformer"
  static let settings = [
    "n_embd", "n_layer", "n_head", "n_inner", "activation_function", "n_positions",
    "pad_token_id", "vocab_size",
  ]

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("n_positions", default: 1024)
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .score(
      weights, width: try sizes(configuration).width, classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    let width = try configuration.size("n_embd", default: 768, in: 1...65_536)
    return try EncoderSizes(
      configuration, defaults: (768, 12, 12, 4 * width),
      names: ("n_embd", "n_layer", "n_head", "n_inner"))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.require("add_cross_attention", oneOf: ["false"])
    let sizes = try sizes(configuration)
    let epsilon = try configuration.number("layer_norm_epsilon", default: 1e-5)
    let activation = try configuration.activation("activation_function", default: "gelu_new")
    let scales = try configuration.flag("scale_attn_weights", default: true)
    let scalesByLayer = try configuration.flag("scale_attn_by_inverse_layer_idx", default: false)
    @Sendable func norm(_ weights: ModuleWeights) throws -> LayerNorm {
      try weights.norm(width: sizes.width, epsilon: epsilon)
    }
    return Transformer(
      embedding: TextEmbedding(
        words: try TextEmbedding.words(
          weights["wte"], configuration, count: 50_257, width: sizes.width),
        positions: try weights["wpe"].table(
          rows: try tokenLimit(configuration) ?? 0, columns: sizes.width),
        unread: try configuration.paddingID(default: nil)),
      layers: try sizes.layers { index in
        let layer = weights["h.\(index)"]
        let factor = (scales ? sizes.attention.factor : 1) / (scalesByLayer ? Float(index + 1) : 1)
        return TransformerLayer(
          attention: SelfAttention(
            projection: try layer["attn.c_attn"].transposedDense(
              inputs: sizes.width, outputs: 3 * sizes.width),
            output: try layer["attn.c_proj"].transposedDense(
              inputs: sizes.width, outputs: sizes.width),
            core: Attention(
              heads: sizes.heads, width: sizes.headWidth, factor: factor, isCausal: true)),
          attentionNorm: try norm(layer["ln_1"]),
          feedForward: FeedForward(
            inner: try layer["mlp.c_fc"].transposedDense(
              inputs: sizes.width, outputs: sizes.inner),
            outer: try layer["mlp.c_proj"].transposedDense(
              inputs: sizes.inner, outputs: sizes.width),
            activation: activation),
          outputNorm: try norm(layer["ln_2"]))
      },
      finalNorm: try norm(weights["ln_f"]))
  }
}
