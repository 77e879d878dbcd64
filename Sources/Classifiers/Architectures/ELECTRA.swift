import Checkpoints
import Tensors

/// Source: Clark et al. 2020, arXiv:2003.10555; transformers' `ElectraForSequenceClassification`.
enum ELECTRA: SingleStackFamily {
  static let modelTypes = ["electra"]
  static let encoder = "electra"
  static let settings = ["embedding_size"] + BERT.settings

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .projected(
      weights["classifier"], activation: .gelu,
      width: try sizes(configuration).width,
      classes: configuration.classes.count)
  }

  private static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (256, 12, 4, 1024))
  }

  static func headless(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    let sizes = try sizes(configuration)
    let width = try configuration.size("embedding_size", default: 128, in: 1...65_536)
    return Transformer(
      embedding: try BERT.embedding(
        weights["embeddings"], configuration, width: width,
        projection: width == sizes.width
          ? nil : try weights["embeddings_project"].dense(inputs: width, outputs: sizes.width)),
      layers: try BERT.layers(weights["encoder.layer"], configuration, sizes: sizes))
  }
}
