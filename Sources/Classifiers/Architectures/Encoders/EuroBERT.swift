import Checkpoints
import Tensors

/// An encoder with Llama's layers and bidirectional attention.
///
/// Sources: Boizard et al. 2025, arXiv:2503.05500; transformers'
/// `EuroBertForSequenceClassification`.
enum EuroBERT: RotaryDecoderFamily {
  static let modelTypes = ["eurobert"]
  static let vocabulary = 128_256
  static let positions = 8192

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    var decoder = try Llama.decoder(
      configuration, defaults: .init(width: 768, layers: 12, heads: 12, inner: 3072),
      epsilon: 1e-5)
    decoder.isCausal = false
    return decoder
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try ClassificationHead(
      pooling: try pooling(configuration), dense: weights["dense"], activation: .gelu,
      output: weights["classifier"], width: try decoder(configuration).sizes.width,
      classes: configuration.classes.count)
  }

  private static func pooling(
    _ configuration: HuggingFaceConfiguration
  ) throws -> ClassificationHead.Pooling {
    let name = "classifier_pooling"
    try configuration.require(name, oneOf: ["late", "mean", "bos"])
    // The name in the code of the first models, which transformers does not read.
    if !configuration.has(name) { try configuration.require("clf_pooling", oneOf: ["late"]) }
    switch try configuration.string(name, default: "late") {
    case "bos": return .first
    case "mean": return .mean
    default: return .late
    }
  }
}
