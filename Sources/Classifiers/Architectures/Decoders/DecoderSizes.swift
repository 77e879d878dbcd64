import Checkpoints

/// The sizes of a decoder, which may have fewer heads for keys and values than for queries.
struct DecoderSizes: Sendable {
  let width: Int
  let layers: Int
  let heads: Int
  let keyHeads: Int
  let headWidth: Int
  let inner: Int

  /// transformers' defaults; nil for as many key heads as query heads, and for heads that divide
  /// the width.
  struct Defaults: Sendable {
    var width: Int
    var layers: Int
    var heads: Int
    var keyHeads: Int?
    var headWidth: Int?
    var inner: Int
  }

  /// - Throws: `CheckpointError`; `ClassifierError.badSetting` if sizes are not divisible by the
  ///   heads.
  init(_ configuration: HuggingFaceConfiguration, defaults: Defaults) throws {
    let most = 65_536
    width = try configuration.size("hidden_size", default: defaults.width, in: 1...most)
    layers = try configuration.size("num_hidden_layers", default: defaults.layers, in: 1...1024)
    heads = try configuration.size("num_attention_heads", default: defaults.heads, in: 1...most)
    inner = try configuration.size("intermediate_size", default: defaults.inner, in: 1...1_048_576)
    // null means: as many as query heads.
    let keys = "num_key_value_heads"
    keyHeads = try configuration.size(
      keys, default: configuration.isNull(keys) ? heads : defaults.keyHeads ?? heads,
      in: 1...most)
    guard heads.isMultiple(of: keyHeads) else {
      throw ClassifierError.badSetting(name: keys, value: "\(keyHeads)")
    }
    let shared = configuration.isNull("head_dim") ? nil : defaults.headWidth
    if shared == nil, !configuration.has("head_dim"), !width.isMultiple(of: heads) {
      throw ClassifierError.badSetting(name: "num_attention_heads", value: "\(heads)")
    }
    headWidth = try configuration.size("head_dim", default: shared ?? width / heads, in: 1...most)
  }
}

extension HuggingFaceConfiguration {
  /// The window of each layer, including the token itself; nil if it attends back to the start.
  /// - Parameters:
  ///   - window: the window of local layers.
  ///   - isLocal: which layers are local if `layer_types` does not say.
  /// - Throws: `CheckpointError`, `ClassifierError`.
  func windows(layers: Int, window: Int?, isLocal: (Int) -> Bool) throws -> [Int?] {
    guard let types = try strings("layer_types") else {
      return (0..<layers).map { isLocal($0) ? window : nil }
    }
    guard types.count == layers else {
      throw ClassifierError.wrongCount(of: "layer_types", expected: layers, found: types.count)
    }
    return try types.map { type in
      switch type {
      case "full_attention": return nil
      case "sliding_attention":
        guard let window else {
          throw ClassifierError.badSetting(name: "sliding_window", value: "null")
        }
        return window
      default: throw ClassifierError.badSetting(name: "layer_types", value: type)
      }
    }
  }

  /// The setting `sliding_window`; nil if it is null, or omitted with null as the default.
  /// - Throws: `CheckpointError`.
  func slidingWindow(default value: Int?) throws -> Int? {
    let key = "sliding_window"
    guard !isNull(key), let value = has(key) ? value ?? 1 : value else { return nil }
    return try size(key, default: value)
  }

  /// The padding's id; nil if there is none.
  /// - Throws: `CheckpointError`.
  func paddingID(default value: Int?) throws -> Int? {
    let key = "pad_token_id"
    guard !isNull(key), has(key) || value != nil else { return nil }
    return try size(key, default: value ?? 0, in: -1_000_000...1_000_000_000)
  }
}
