import Checkpoints
import Tensors

/// BERT's layers for long texts. Texts of up to `(5 + 2 r) b` tokens, with `r` random blocks of `b`
/// tokens, are read with full attention, as in transformers whatever `attention_type` says; longer
/// ones are read in blocks by a model of type `block_sparse`. transformers draws random blocks only
/// during training; at inference the first block takes their place.
///
/// Sources: Zaheer et al. 2020, arXiv:2007.14062; transformers' `BigBirdForSequenceClassification`.
enum BigBird: SingleStackFamily {
  static let modelTypes = ["big_bird"]
  static let encoder = "bert"
  static let settings =
    BERT.settings + ["attention_type", "block_size", "num_random_blocks"]

  /// A text that is read in blocks is padded to whole ones, which need a position for each token.
  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    let positions = try configuration.size("max_position_embeddings", default: 4096)
    guard case .blocks(let size, let copies) = try sparsity(configuration) else {
      return positions
    }
    return max(min(positions, (5 + 2 * copies) * size), positions / size * size)
  }

  /// nil if all texts are read with full attention.
  private static func sparsity(
    _ configuration: HuggingFaceConfiguration
  ) throws -> SparseAttention? {
    guard try configuration.string("attention_type", default: "block_sparse") == "block_sparse"
    else { return nil }
    return .blocks(
      size: try configuration.size("block_size", default: 64, in: 1...1_000_000),
      copies: try configuration.size("num_random_blocks", default: 3, in: 0...10_000))
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .projected(
      weights["classifier"],
      activation: try configuration.activation("hidden_act", default: "gelu_new"),
      width: try EncoderSizes(configuration).width,
      classes: configuration.classes.count)
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    try configuration.require("attention_type", oneOf: ["block_sparse", "original_full"])
    try configuration.require("use_bias", oneOf: ["true"])
    try configuration.require("rescale_embeddings", oneOf: ["false"])
    let sizes = try EncoderSizes(configuration)
    let core = sizes.attention(try sparsity(configuration))
    return Transformer(
      embedding: try BERT.embedding(
        weights["embeddings"], configuration, width: sizes.width, vocabulary: 50_358,
        positions: 4096),
      layers: try BERT.layers(
        weights["encoder.layer"], configuration, sizes: sizes, activation: "gelu_new",
        core: { _ in core }))
  }
}
