import Checkpoints
import Tensors

/// Llama with fused projections and scaled positions.
///
/// Sources: Abdin et al. 2024, arXiv:2404.14219; transformers' `Phi3ForSequenceClassification`.
enum Phi3: RotaryDecoderFamily {
  static let modelTypes = ["phi3"]
  static let vocabulary = 32_064
  static let positions = 4096
  static let rotary = RotarySettings(share: 1, longNames: ["su", "yarn"])

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    let sizes = try DecoderSizes(
      configuration, defaults: .init(width: 3072, layers: 32, heads: 32, inner: 8192))
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let window = try configuration.slidingWindow(default: nil)
    return RotaryDecoder(
      sizes: sizes, activation: try configuration.activation("hidden_act", default: "silu"),
      epsilon: try configuration.number("rms_norm_eps", default: 1e-5),
      positions: Array(repeating: position, count: sizes.layers),
      windows: Array(repeating: window, count: sizes.layers), isFused: true,
      padding: try configuration.paddingID(default: 32_000))
  }
}
