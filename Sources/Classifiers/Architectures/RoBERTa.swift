import Checkpoints
import Tensors

/// RoBERTa, XLM-RoBERTa and CamemBERT: BERT's layers, fairseq's positions.
///
/// Sources: Liu et al. 2019, arXiv:1907.11692; transformers' `RobertaForSequenceClassification`.
enum RoBERTa: SingleStackFamily {
  static let modelTypes = ["roberta", "xlm-roberta", "camembert"]
  static let encoder = "roberta"
  static let settings = BERT.settings + ["pad_token_id"]

  /// Positions are numbered from the padding token's id plus 1.
  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 512)
      - (try padding(configuration)) - 1
  }

  /// The padding token's id.
  private static func padding(_ configuration: HuggingFaceConfiguration) throws -> Int {
    let positions = try configuration.size(
      "max_position_embeddings", default: 512, in: 3...10_000_000)
    return try configuration.size("pad_token_id", default: 1, in: 0...positions - 2)
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
    try configuration.requirePlainEncoder()
    let sizes = try EncoderSizes(configuration)
    return Transformer(
      embedding: try embedding(
        weights["embeddings"], configuration, width: sizes.width, vocabulary: 50_265),
      layers: try BERT.layers(weights["encoder.layer"], configuration, sizes: sizes))
  }

  /// BERT's embedding with fairseq's positions. Also used by Longformer.
  static func embedding(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, width: Int,
    vocabulary: Int
  ) throws -> TextEmbedding {
    var embedding = try BERT.embedding(
      weights, configuration, width: width, vocabulary: vocabulary)
    embedding.uncounted = try padding(configuration)
    embedding.firstPosition = try padding(configuration) + 1
    return embedding
  }
}
