public import Documents

/// What `tokenizer_config.json` says of a tokenizer; all of it may be missing.
public struct TokenizerSettings: Sendable {
  private let json: JSON

  public init(_ json: JSON? = nil) {
    self.json = json ?? .object([])
  }

  var reader: ComponentReader { ComponentReader(json) }

  /// The text of a special token: `unk_token`, `mask_token`; files write it plain or as an object.
  func token(_ name: String) -> String? {
    switch json[name] {
    case .string(let text): return text
    case .some(let object):
      if case .string(let text) = object["content"] { return text }
      return nil
    case nil: return nil
    }
  }

  func flag(_ name: String) -> Bool? {
    if case .bool(let flag) = json[name] { return flag }
    return nil
  }

  func text(_ name: String) -> String? {
    if case .string(let text) = json[name] { return text }
    return nil
  }

  /// How many tokens the model takes, where that is said. Transformers writes 10^30 for no limit.
  var tokenLimit: Int? {
    guard case .integer(let limit) = json["model_max_length"], limit > 0, limit < 1_000_000_000
    else { return nil }
    return limit
  }

  var truncatesLeft: Bool { text("truncation_side") == "left" }
}
