import Checkpoints
import Tensors

/// Source: Clark et al. 2020, arXiv:2003.10555; transformers' `ElectraForSequenceClassification`.
enum ELECTRA: TransformerFamily {
  static let modelTypes = ["electra"]
  static let encoder = "electra"
  static let settings = ["embedding_size"] + BERT.settings

  static func model(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> Transformer {
    try configuration.requirePlainEncoder()
    let sizes = try EncoderSizes(configuration, defaults: (256, 12, 4, 1024))
    let width = try configuration.size("embedding_size", default: 128, in: 1...65_536)
    let electra = weights["electra"]
    return Transformer(
      classes: configuration.classes, link: configuration.link,
      embedding: try BERT.embedding(
        electra["embeddings"], configuration, width: width,
        projection: width == sizes.width
          ? nil : try electra["embeddings_project"].dense(inputs: width, outputs: sizes.width)),
      layers: try BERT.layers(electra["encoder.layer"], configuration, sizes: sizes),
      head: try RoBERTa.head(
        weights["classifier"], configuration, width: sizes.width, activation: .gelu))
  }
}
