import Checkpoints
import Tensors

/// RoBERTa, XLM-RoBERTa and CamemBERT: BERT's layers, fairseq's positions.
///
/// Sources: Liu et al. 2019, arXiv:1907.11692; transformers' `RobertaForSequenceClassification`.
enum RoBERTa: TransformerFamily {
  static let modelTypes = ["roberta", "xlm-roberta", "camembert"]
  static let encoder = "roberta"
  static let settings = BERT.settings + ["pad_token_id"]

  /// Positions are numbered from the padding token's id plus 1.
  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try configuration.size("max_position_embeddings", default: 512)
      - (try padding(configuration)) - 1
  }

  /// The padding's id. Also used by Longformer.
  static func padding(_ configuration: HuggingFaceConfiguration) throws -> Int {
    let positions = try configuration.size(
      "max_position_embeddings", default: 512, in: 3...10_000_000)
    return try configuration.size("pad_token_id", default: 1, in: 0...positions - 2)
  }

  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try headless(configuration, weights: weights["roberta"]).classifier(
      configuration,
      head: try head(
        weights["classifier"], configuration, width: try EncoderSizes(configuration).width,
        activation: .tanh))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    let sizes = try EncoderSizes(configuration)
    var embedding = try BERT.embedding(
      weights["embeddings"], configuration, width: sizes.width, vocabulary: 50_265)
    embedding.uncounted = try padding(configuration)
    embedding.firstPosition = try padding(configuration) + 1
    return Transformer(
      embedding: embedding,
      layers: try BERT.layers(weights["encoder.layer"], configuration, sizes: sizes))
  }

  /// Also used by ELECTRA, MPNet, BigBird and Longformer.
  static func head(
    _ weights: ModuleWeights, _ configuration: HuggingFaceConfiguration, width: Int,
    activation: Activation
  ) throws -> ClassificationHead {
    ClassificationHead(
      dense: try weights["dense"].linear(inputs: width, outputs: width), activation: activation,
      output: try weights["out_proj"].linear(
        inputs: width, outputs: configuration.classes.count))
  }
}
