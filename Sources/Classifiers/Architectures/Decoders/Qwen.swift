import Checkpoints
import Tensors

/// Llama with biases for queries, keys and values, and local attention in the last layers.
///
/// Sources: Yang et al. 2024, arXiv:2407.10671; transformers' `Qwen2ForSequenceClassification`.
enum Qwen2: RotaryDecoderFamily {
  static let modelTypes = ["qwen2"]
  static let vocabulary = 151_936
  static let positions = 32_768

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    var decoder = try qwen(
      configuration,
      defaults: .init(width: 4096, layers: 32, heads: 32, keyHeads: 32, inner: 22_016))
    decoder.hasProjectionBias = true
    return decoder
  }

  fileprivate static func qwen(
    _ configuration: HuggingFaceConfiguration, defaults: DecoderSizes.Defaults
  ) throws -> RotaryDecoder {
    let sizes = try DecoderSizes(configuration, defaults: defaults)
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let first = try configuration.size("max_window_layers", default: 28, in: 0...1024)
    let window =
      try configuration.flag("use_sliding_window", default: false)
      ? try configuration.slidingWindow(default: 4096) : nil
    return RotaryDecoder(
      sizes: sizes, activation: try configuration.activation("hidden_act", default: "silu"),
      epsilon: try configuration.number("rms_norm_eps", default: 1e-6),
      positions: Array(repeating: position, count: sizes.layers),
      windows: try configuration.windows(layers: sizes.layers, window: window) { $0 >= first },
      padding: try configuration.paddingID(default: nil))
  }
}

/// Qwen2 without biases, and with normalised queries and keys.
///
/// Sources: Yang et al. 2025, arXiv:2505.09388; transformers' `Qwen3ForSequenceClassification`.
enum Qwen3: RotaryDecoderFamily {
  static let modelTypes = ["qwen3"]
  static let vocabulary = 151_936
  static let positions = 32_768

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    var decoder = try Qwen2.qwen(
      configuration,
      defaults: .init(
        width: 4096, layers: 32, heads: 32, keyHeads: 32, headWidth: 128, inner: 22_016))
    let hasBias = try configuration.flag("attention_bias", default: false)
    decoder.hasProjectionBias = hasBias
    decoder.hasOutputBias = hasBias
    decoder.normalisesHeads = true
    return decoder
  }
}
