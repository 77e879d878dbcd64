import Checkpoints
import Tensors

/// Sources: Lewis et al. 2019, arXiv:1910.13461; transformers' `BartForSequenceClassification`.
enum BART: TransformerFamily {
  static let modelTypes = ["bart"]
  static let encoder = "model"
  static let settings = [
    "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads",
    "decoder_attention_heads", "encoder_ffn_dim", "decoder_ffn_dim", "activation_function",
    "max_position_embeddings", "scale_embedding", "vocab_size",
  ]

  /// Two rows of the position table belong to no position.
  private static let offset = 2

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 1024)
  }

  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> EncoderDecoder {
    let (reader, writer) = (try Part(configuration, "encoder"), try Part(configuration, "decoder"))
    let width = reader.sizes.width
    let model = weights["model"]
    let words = try words(model, configuration, width: width)
    let rows = words.weight.rows
    let most = weights.hasNumbers ? rows - 1 : 10_000_000
    return EncoderDecoder(
      classes: configuration.classes, link: configuration.link,
      encoder: Transformer(
        embedding: try embedding(words, model["encoder"], configuration, width: width),
        layers: try reader.sizes.layers { index in
          try TransformerLayer(
            model["encoder.layers.\(index)"], names: names, sizes: reader.sizes,
            core: reader.sizes.attention, activation: reader.activation, epsilon: epsilon)
        }),
      embedding: try embedding(words, model["decoder"], configuration, width: width),
      layers: try Workers.all.map(writer.sizes.layers) { index in
        try writer.layer(model["decoder.layers.\(index)"])
      },
      head: try .projected(
        weights["classification_head"], width: width, classes: configuration.classes.count),
      start: try configuration.size("decoder_start_token_id", default: 2, in: 0...max(0, most)),
      end: try configuration.size("eos_token_id", default: 2, in: 0...10_000_000))
  }

  /// PyTorch's default; there is no setting for it.
  private static let epsilon = 1e-5

  private static let names = LayerNames(
    queries: "self_attn.q_proj", keys: "self_attn.k_proj", values: "self_attn.v_proj",
    attentionOutput: "self_attn.out_proj", attentionNorm: "self_attn_layer_norm", inner: "fc1",
    outer: "fc2", outputNorm: "final_layer_norm")

  /// The word embeddings that encoder and decoder share.
  private static func words(
    _ model: ModuleWeights, _ configuration: HuggingFaceConfiguration, width: Int
  ) throws -> Embedding {
    try configuration.require("tie_word_embeddings", oneOf: ["true"])
    let name = model.has("shared.weight") ? "shared" : "encoder.embed_tokens"
    return try TextEmbedding.words(model[name], configuration, count: 50_265, width: width)
  }

  private static func embedding(
    _ words: Embedding, _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration,
    width: Int
  ) throws -> TextEmbedding {
    let positions = try configuration.size("max_position_embeddings", default: 1024) + offset
    return TextEmbedding(
      words: words,
      scale: try configuration.flag("scale_embedding", default: false)
        ? Float(width).squareRoot() : 1,
      positions: try weights["embed_positions"].table(rows: positions, columns: width),
      firstPosition: offset,
      norm: try weights["layernorm_embedding"].norm(width: width, epsilon: epsilon))
  }

  /// The sizes of the encoder or the decoder, which have layers and heads of their own.
  private struct Part: Sendable {
    let sizes: EncoderSizes
    let activation: Activation

    init(_ configuration: HuggingFaceConfiguration, _ side: String) throws {
      sizes = try EncoderSizes(
        configuration, defaults: (1024, 12, 16, 4096),
        names: (
          "d_model", "\(side)_layers", "\(side)_attention_heads", "\(side)_ffn_dim"
        ))
      activation = try configuration.activation("activation_function", default: "gelu")
    }

    func layer(_ weights: ModuleWeights) throws -> DecoderLayer {
      let width = sizes.width
      let cross = weights["encoder_attn"]
      let factor = 1 / Float(sizes.headWidth).squareRoot()
      return DecoderLayer(
        attention: SelfAttention(
          projection: try weights.dense(
            joining: [names.queries, names.keys, names.values], inputs: width, outputs: width),
          output: try weights[names.attentionOutput].dense(inputs: width, outputs: width),
          core: Attention(
            heads: sizes.heads, width: sizes.headWidth, factor: factor, isCausal: true)),
        attentionNorm: try weights[names.attentionNorm].norm(width: width, epsilon: epsilon),
        cross: CrossAttention(
          queries: try cross["q_proj"].dense(inputs: width, outputs: width),
          memory: try cross.dense(joining: ["k_proj", "v_proj"], inputs: width, outputs: width),
          output: try cross["out_proj"].dense(inputs: width, outputs: width),
          core: sizes.attention),
        crossNorm: try weights["encoder_attn_layer_norm"].norm(width: width, epsilon: epsilon),
        feedForward: FeedForward(
          inner: try weights[names.inner].dense(inputs: width, outputs: sizes.inner),
          outer: try weights[names.outer].dense(inputs: sizes.inner, outputs: width),
          activation: activation),
        outputNorm: try weights[names.outputNorm].norm(width: width, epsilon: epsilon))
    }
  }
}
