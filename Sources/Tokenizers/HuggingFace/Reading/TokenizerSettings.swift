public import Documents

/// What `tokenizer_config.json` says of a tokenizer; all of it may be missing.
public struct TokenizerSettings: Sendable {
  private let json: JSON
  /// `special_tokens_map.json`, which older folders have beside it.
  private let specialTokens: JSON

  public init(_ json: JSON? = nil, specialTokens: JSON? = nil) {
    self.json = json ?? .object([])
    self.specialTokens = specialTokens ?? .object([])
  }

  /// The text of a special token: `unk_token`, `mask_token`; files write it plain or as an object.
  func token(_ name: String) -> String? {
    switch value(of: name) {
    case .string(let text): return text
    case .some(let object):
      if case .string(let text) = object["content"] { return text }
      return nil
    case nil: return nil
    }
  }

  /// What an object says of how a special token is looked for.
  func overrideFlags(of name: String, in token: inout AddedToken) {
    guard let object = value(of: name) else { return }
    func override(_ key: String, _ flag: inout Bool) {
      if case .bool(let value) = object[key] { flag = value }
    }
    override("single_word", &token.isSingleWord)
    override("lstrip", &token.stripsLeft)
    override("rstrip", &token.stripsRight)
    override("normalized", &token.isNormalized)
  }

  /// `added_tokens_decoder`: tokens by their ids, in the order of these.
  func addedTokens() throws -> [AddedToken] {
    guard case .object(let members) = json["added_tokens_decoder"] else { return [] }
    return try members.map { member in
      let path = "added_tokens_decoder." + member.key
      guard case .object(let values) = member.value, let id = Int(member.key) else {
        throw TokenizerFileError.wrongKind(
          path: path, expected: "a token", found: member.value.kind)
      }
      let numbered = JSON.object(values + [.init("id", .integer(id))])
      return try AddedToken(ComponentReader(numbered, path: path))
    }.sorted { $0.id < $1.id }
  }

  private func value(of name: String) -> JSON? {
    let value = json[name] ?? specialTokens[name]
    return value == .null ? nil : value
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
