import Checkpoints
import Tensors

/// Llama without positions in every fourth layer.
///
/// Sources: Bakouch et al. 2025, https://huggingface.co/blog/smollm3; transformers'
/// `SmolLM3ForSequenceClassification`.
enum SmolLM3: RotaryDecoderFamily {
  static let modelTypes = ["smollm3"]
  static let vocabulary = 128_256
  static let positions = 32_768
  static let rotary = RotarySettings(base: 2_000_000)

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    let sizes = try DecoderSizes(
      configuration,
      defaults: .init(width: 2048, layers: 36, heads: 16, keyHeads: 4, inner: 11_008))
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let hasPosition = try positioned(configuration, layers: sizes.layers)
    let hasBias = try configuration.flag("attention_bias", default: false)
    let window =
      try configuration.flag("use_sliding_window", default: false)
      ? try configuration.slidingWindow(default: nil) : nil
    return RotaryDecoder(
      sizes: sizes, activation: try configuration.activation("hidden_act", default: "silu"),
      epsilon: try configuration.number("rms_norm_eps", default: 1e-6),
      positions: hasPosition.map { $0 ? position : nil },
      windows: try configuration.windows(layers: sizes.layers, window: window) {
        !hasPosition[$0]
      },
      hasProjectionBias: hasBias, hasOutputBias: hasBias,
      hasFeedForwardBias: try configuration.flag("mlp_bias", default: false),
      padding: try configuration.paddingID(default: 128_004))
  }

  /// Which layers have positions: those with 1 in `no_rope_layers`.
  private static func positioned(
    _ configuration: HuggingFaceConfiguration, layers: Int
  ) throws -> [Bool] {
    let name = "no_rope_layers"
    guard let given = try configuration.numbers(name) else {
      let step = try configuration.size("no_rope_layer_interval", default: 4)
      return (0..<layers).map { !($0 + 1).isMultiple(of: step) }
    }
    guard given.count == layers else {
      throw ClassifierError.wrongCount(of: name, expected: layers, found: given.count)
    }
    return given.map { $0 != 0 }
  }
}
