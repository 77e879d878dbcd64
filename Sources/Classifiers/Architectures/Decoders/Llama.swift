import Checkpoints
import Tensors

/// Sources: Touvron et al. 2023, arXiv:2302.13971; transformers' `LlamaForSequenceClassification`.
enum Llama: RotaryDecoderFamily {
  static let modelTypes = ["llama"]
  static let vocabulary = 32_000
  static let positions = 2048

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    var decoder = try decoder(
      configuration, defaults: .init(width: 4096, layers: 32, heads: 32, inner: 11_008),
      epsilon: 1e-6)
    decoder.padding = try configuration.paddingID(default: nil)
    return decoder
  }

  /// Also used by EuroBERT.
  static func decoder(
    _ configuration: HuggingFaceConfiguration, defaults: DecoderSizes.Defaults, epsilon: Double
  ) throws -> RotaryDecoder {
    let sizes = try DecoderSizes(configuration, defaults: defaults)
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let hasBias = try configuration.flag("attention_bias", default: false)
    return RotaryDecoder(
      sizes: sizes, activation: try configuration.activation("hidden_act", default: "silu"),
      epsilon: try configuration.number("rms_norm_eps", default: epsilon),
      positions: Array(repeating: position, count: sizes.layers),
      windows: Array(repeating: nil, count: sizes.layers), hasProjectionBias: hasBias,
      hasOutputBias: hasBias,
      hasFeedForwardBias: try configuration.flag("mlp_bias", default: false))
  }
}
