import Checkpoints
import Tensors

/// XLM-RoBERTa with rotary positions.
///
/// Sources: Sturua et al. 2024, arXiv:2409.10173; transformers'
/// `JinaEmbeddingsV3ForSequenceClassification`.
enum JinaV3: RotaryEncoderFamily {
  static let modelTypes = ["jina_embeddings_v3"]
  static let encoder = "roberta"
  static let positions = 8194
  static let mould = RotaryEncoder(
    vocabulary: 250_002, types: 1, epsilon: 1e-5, activation: "gelu",
    rotary: RotarySettings(base: 20_000),
    names: RotaryEncoder.Names(
      embeddingNorm: "emb_ln", layers: "encoder.layers", projection: "mixer.Wqkv",
      attentionOutput: "mixer.out_proj", attentionNorm: "norm1", outputNorm: "norm2",
      inner: .plain("mlp.fc1"), outer: "mlp.fc2"))

  static func sizes(_ configuration: HuggingFaceConfiguration) throws -> EncoderSizes {
    try EncoderSizes(configuration, defaults: (1024, 24, 16, 4096))
  }

  static func head(
    _ configuration: HuggingFaceConfiguration, weights: ModuleWeights
  ) throws -> ClassificationHead {
    try .projected(
      weights["classifier"], width: try sizes(configuration).width,
      classes: configuration.classes.count)
  }
}
