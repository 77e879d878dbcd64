import Checkpoints
import Tensors

/// RoBERTa for long texts: a token attends to its neighbourhood and to the first token, which
/// attends to all with queries, keys and values of its own. transformers pads a text to a multiple
/// of the window, which does not change the result.
///
/// Sources: Beltagy et al. 2020, arXiv:2004.05150; transformers'
/// `LongformerForSequenceClassification`.
enum Longformer: SingleStackFamily {
  static let modelTypes = ["longformer"]
  static let encoder = "longformer"
  static let settings = BERT.settings + ["attention_window", "pad_token_id"]

  private static let names: LayerNames = {
    var names = BERT.names
    names.secondSet = "_global"
    return names
  }()

  static func tokenLimit(_ configuration: HuggingFaceConfiguration) throws -> Int? {
    try RoBERTa.tokenLimit(configuration)
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
    // The same number of tokens on each side.
    let windows = try configuration.sizes("attention_window", count: sizes.layers, default: 512)
    for window in windows where !window.isMultiple(of: 2) {
      throw ClassifierError.badSetting(name: "attention_window", value: "\(window)")
    }
    return Transformer(
      embedding: try RoBERTa.embedding(
        weights["embeddings"], configuration, width: sizes.width, vocabulary: 30_522),
      layers: try BERT.layers(
        weights["encoder.layer"], configuration, sizes: sizes, names: names,
        core: { sizes.attention(.firstToken(reach: windows[$0] / 2)) }))
  }
}
