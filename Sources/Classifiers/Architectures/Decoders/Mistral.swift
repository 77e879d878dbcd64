import Checkpoints
import Tensors

/// Llama with local attention in all layers.
///
/// Sources: Jiang et al. 2023, arXiv:2310.06825; transformers' `MistralForSequenceClassification`.
enum Mistral: RotaryDecoderFamily {
  static let modelTypes = ["mistral"]
  static let vocabulary = 32_000
  static let positions = 131_072

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    let sizes = try DecoderSizes(
      configuration,
      defaults: .init(width: 4096, layers: 32, heads: 32, keyHeads: 8, inner: 14_336))
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    return RotaryDecoder(
      sizes: sizes, activation: try configuration.activation("hidden_act", default: "silu"),
      epsilon: try configuration.number("rms_norm_eps", default: 1e-6),
      positions: Array(repeating: position, count: sizes.layers),
      windows: Array(
        repeating: try configuration.slidingWindow(default: 4096), count: sizes.layers),
      padding: try configuration.paddingID(default: nil))
  }
}
