import Checkpoints
import Glibc
import Tensors

/// Llama with scaled word embeddings, and scales of norms stored minus 1.
///
/// Sources: Gemma Team 2024, arXiv:2403.08295; transformers' `GemmaForSequenceClassification`.
enum Gemma: RotaryDecoderFamily {
  static let modelTypes = ["gemma"]
  static let vocabulary = 256_000
  static let positions = 8192

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    try configuration.require("use_bidirectional_attention", oneOf: ["false"])
    let sizes = try DecoderSizes(
      configuration,
      defaults: .init(
        width: 3072, layers: 28, heads: 16, keyHeads: 16, headWidth: 256, inner: 24_576))
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    // The first configurations name the exact function but mean its approximation.
    let activation = try configuration.activation("hidden_act", default: "gelu_pytorch_tanh")
    return try gemma(
      configuration, sizes: sizes, activation: activation == .gelu ? .geluTanh : activation,
      positions: Array(repeating: position, count: sizes.layers),
      windows: Array(repeating: nil, count: sizes.layers))
  }

  /// Also used by the later generations.
  fileprivate static func gemma(
    _ configuration: HuggingFaceConfiguration, sizes: DecoderSizes, activation: Activation,
    positions: [RotaryPositions?], windows: [Int?]
  ) throws -> RotaryDecoder {
    let hasBias = try configuration.flag("attention_bias", default: false)
    return RotaryDecoder(
      sizes: sizes, activation: activation,
      epsilon: try configuration.number("rms_norm_eps", default: 1e-6), positions: positions,
      windows: windows, hasProjectionBias: hasBias, hasOutputBias: hasBias, normOffset: 1,
      wordScale: Float(Double(sizes.width).squareRoot()),
      padding: try configuration.paddingID(default: 0))
  }
}

/// Gemma with local attention in every other layer, normalised results, and capped scores.
///
/// Sources: Gemma Team 2024, arXiv:2408.00118; transformers' `Gemma2ForSequenceClassification`.
enum Gemma2: RotaryDecoderFamily {
  static let modelTypes = ["gemma2"]
  static let vocabulary = 256_000
  static let positions = 8192

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    try configuration.require("use_bidirectional_attention", oneOf: ["false"])
    let sizes = try later(configuration)
    let position = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let window = try configuration.slidingWindow(default: 4096)
    var decoder = try Gemma.gemma(
      configuration, sizes: sizes,
      activation: try configuration.activation(
        "hidden_activation", default: "gelu_pytorch_tanh"),
      positions: Array(repeating: position, count: sizes.layers),
      windows: try configuration.windows(layers: sizes.layers, window: window) {
        $0.isMultiple(of: 2)
      })
    decoder.normalisesResults = true
    decoder.queryScale = try queryScale(configuration)
    decoder.softCap = try softCap(configuration)
    return decoder
  }

  /// Also used by the third generation.
  fileprivate static func later(
    _ configuration: HuggingFaceConfiguration
  ) throws -> DecoderSizes {
    try DecoderSizes(
      configuration,
      defaults: .init(
        width: 2304, layers: 26, heads: 8, keyHeads: 4, headWidth: 256, inner: 9216))
  }

  fileprivate static func queryScale(
    _ configuration: HuggingFaceConfiguration
  ) throws -> Double {
    let name = "query_pre_attn_scalar"
    let scale = try configuration.number(name, default: 256)
    guard scale > 0 else { throw ClassifierError.badSetting(name: name, value: "\(scale)") }
    return scale
  }

  private static func softCap(_ configuration: HuggingFaceConfiguration) throws -> Float? {
    let name = "attn_logit_softcapping"
    guard !configuration.isNull(name) else { return nil }
    let cap = try configuration.number(name, default: 50)
    guard cap > 0 else { throw ClassifierError.badSetting(name: name, value: "\(cap)") }
    return Float(cap)
  }
}

/// Gemma 2 without caps, with normalised queries and keys, and other positions in local layers.
///
/// Sources: Gemma Team 2025, arXiv:2503.19786; transformers' `Gemma3TextForSequenceClassification`.
enum Gemma3: RotaryDecoderFamily {
  static let modelTypes = ["gemma3_text"]
  static let vocabulary = 262_208
  static let positions = 131_072
  static let rotary = RotarySettings(base: 1_000_000, kind: "full_attention")
  private static let near = RotarySettings(
    base: 10_000, baseName: "rope_local_base_freq", kind: "sliding_attention")

  static func decoder(_ configuration: HuggingFaceConfiguration) throws -> RotaryDecoder {
    let sizes = try Gemma2.later(configuration)
    let step = try configuration.size("sliding_window_pattern", default: 6, in: 1...1024)
    let looksAhead = try configuration.flag("use_bidirectional_attention", default: false)
    var window = try configuration.slidingWindow(default: 4096)
    // Half of it on each side, including the token itself.
    if looksAhead { window = window.map { $0 / 2 + 1 } }
    let windows = try configuration.windows(layers: sizes.layers, window: window) {
      !($0 + 1).isMultiple(of: step)
    }
    let farPositions = try configuration.rotaryPositions(width: sizes.headWidth, rotary)
    let nearPositions = try configuration.rotaryPositions(width: sizes.headWidth, near)
    var decoder = try Gemma.gemma(
      configuration, sizes: sizes,
      activation: try configuration.activation(
        "hidden_activation", default: "gelu_pytorch_tanh"),
      positions: windows.map { $0 == nil ? farPositions : nearPositions }, windows: windows)
    decoder.normalisesResults = true
    decoder.normalisesHeads = true
    decoder.queryScale = try Gemma2.queryScale(configuration)
    decoder.isCausal = !looksAhead
    return decoder
  }
}
