public import Documents

/// The settings in the files beside a vocabulary.
///
/// `tokenizer_config.json` has most of them. If it does not list the added tokens by id, as before
/// transformers 4.34, `special_tokens_map.json` overrides it and `added_tokens.json` lists them.
public struct TokenizerSettings: Sendable {
  enum File: String, Sendable {
    case configuration = "tokenizer_config.json"
    case specialTokens = "special_tokens_map.json"
    case addedTokens = "added_tokens.json"
  }

  private let json: JSON
  private let specialTokens: JSON
  private let addedTokens: JSON

  /// - Parameters:
  ///   - json: `tokenizer_config.json`.
  ///   - specialTokens: `special_tokens_map.json`.
  ///   - addedTokens: `added_tokens.json`.
  public init(_ json: JSON? = nil, specialTokens: JSON? = nil, addedTokens: JSON? = nil) {
    let json = json ?? .object([])
    self.json = json
    let isCurrent = json["added_tokens_decoder"] != nil
    self.specialTokens = isCurrent ? .object([]) : specialTokens ?? .object([])
    self.addedTokens = isCurrent ? .object([]) : addedTokens ?? .object([])
  }

  /// Reads the files of a folder.
  ///
  /// - Parameter read: returns a file of the folder, nil if there is none.
  /// - Throws: `TokenizerFileError`, and the errors of `read`.
  init(read: (_ name: String) throws -> JSON?) throws {
    func object(_ file: File) throws -> JSON? {
      guard let json = try read(file.rawValue) else { return nil }
      guard case .object = json else {
        throw TokenizerFileError.inFile(name: file.rawValue, .noObject(found: json.kind))
      }
      return json
    }
    self.init(
      try object(.configuration), specialTokens: try object(.specialTokens),
      addedTokens: try object(.addedTokens))
  }

  // MARK: - Values

  /// nil if the setting is missing or null.
  func flag(_ name: String) throws -> Bool? { try value(of: name) { try $0.bool() } }

  func text(_ name: String) throws -> String? { try value(of: name) { try $0.string() } }

  /// Whether the setting is present and null, which overrides a class's default.
  func isNull(_ name: String) -> Bool { member(name)?.json == .null }

  func has(_ name: String) -> Bool { member(name) != nil }

  func has(_ name: String, in file: File) -> Bool { self[file][name] != nil }

  /// The most tokens that the model reads, if stated; transformers writes 10^30 for no limit.
  func tokenLimit() throws -> Int? {
    let name = has("model_max_length") ? "model_max_length" : "max_len"
    let number = try value(of: name) { try $0.number() }
    guard let number, number >= 0, number < 1_000_000_000 else { return nil }
    return Int(number)
  }

  /// Whether a text that is too long loses its beginning; nil if not stated.
  func truncatesLeft() throws -> Bool? {
    try value(of: "truncation_side") { side in
      switch try side.string() {
      case "left": true
      case "right": false
      default: throw side.wrongKind("'left' or 'right'")
      }
    }
  }

  /// Whether the model gets token types, if `model_input_names` says so.
  var givesTypes: Bool? {
    let name = "model_input_names"
    return has(name, in: .configuration) ? names(in: name).contains("token_type_ids") : nil
  }

  /// Whether transformers 5 wrote these settings.
  var isOfVersionFive: Bool { has("backend", in: .configuration) }

  /// The strings of a list in `tokenizer_config.json`; empty if it is not a list.
  func names(in name: String) -> [String] {
    guard case .array(let elements)? = json[name] else { return [] }
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  // MARK: - Tokens

  /// A special token that a setting names; nil if missing or null.
  func token(_ name: String) throws -> NamedToken? {
    try value(of: name) { try $0.namedToken() }
  }

  /// The tokens of a list; nil if the file has no such list.
  func tokens(_ name: String, in file: File) throws -> [NamedToken]? {
    guard let json = self[file][name], case .array = json else { return nil }
    return try Self.naming(file.rawValue) {
      try ComponentReader(json, path: name).elements().map { try $0.namedToken() }
    }
  }

  /// The text of a special token when transformers compares it: an object of
  /// `tokenizer_config.json` has not become a token by then.
  func text(of part: SpecialTokenPart) throws -> String? {
    guard let token = try token(part.rawValue) else { return nil }
    if case .added = token, !has(part.rawValue, in: .specialTokens) { return nil }
    return token.content
  }

  /// The same for a list.
  func texts(_ name: String, in file: File) throws -> [String] {
    try (tokens(name, in: file) ?? []).compactMap { token in
      switch token {
      case .plain(let text): text
      case .added(let token): file == .configuration ? nil : token.content
      }
    }
  }

  /// The tokens of an object, in order; nil if it is missing, null or not an object.
  func tokensByName(_ name: String) throws -> [NamedToken]? {
    guard let (file, json) = member(name), case .object(let members) = json else { return nil }
    return try Self.naming(file) {
      try members.map { try ComponentReader($0.value, path: "\(name).\($0.key)").namedToken() }
    }
  }

  /// The tokens that other settings name, such as `image_token`. `add_bos_token` does not name one.
  func otherTokens() throws -> [NamedToken] {
    var names: [String] = []
    for file in [specialTokens, json] {
      guard case .object(let members) = file else { continue }
      for member in members where member.key.hasSuffix("_token") && !names.contains(member.key) {
        names.append(member.key)
      }
    }
    return try names.compactMap { name in
      guard SpecialTokenPart(rawValue: name) == nil, let (_, json) = member(name) else {
        return nil
      }
      switch json {
      case .string, .object: return try token(name)
      default: return nil
      }
    }
  }

  /// `added_tokens_decoder`, in the order of the ids; nil if there is none.
  func listedTokens() throws -> [AddedToken]? {
    guard let list = json["added_tokens_decoder"] else { return nil }
    return try Self.naming(File.configuration.rawValue) {
      let path = "added_tokens_decoder"
      guard case .object(let members) = list else {
        throw ComponentReader(list, path: path).wrongKind("an object")
      }
      return try members.map { member in
        let reader = ComponentReader(member.value, path: path + "." + member.key)
        guard let id = Int(member.key) else { throw reader.wrongKind("a token by its id") }
        return try AddedToken(reader, id: id)
      }.sorted { $0.id < $1.id }
    }
  }

  /// `added_tokens.json`, in the order of the ids.
  ///
  /// - Parameter special: the texts of those that are special.
  func addedTokens(special: Set<[UInt32]>) throws -> [AddedToken] {
    try Self.naming(File.addedTokens.rawValue) {
      guard case .object(let members) = addedTokens else { return [] }
      var byID: [Int: AddedToken] = [:]
      for member in members {
        let id = try ComponentReader(member.value, path: member.key).integer()
        let isSpecial = special.contains(member.key.scalarValues)
        byID[id] = AddedToken(
          content: member.key, id: id, normalized: !isSpecial, isSpecial: isSpecial)
      }
      return byID.values.sorted { $0.id < $1.id }
    }
  }

  // MARK: - Members

  /// The value of a setting, and the file that has it.
  private func member(_ name: String) -> (file: String, json: JSON)? {
    for file in [File.specialTokens, .configuration] {
      if let value = self[file][name] { return (file.rawValue, value) }
    }
    return nil
  }

  private subscript(file: File) -> JSON {
    switch file {
    case .configuration: json
    case .specialTokens: specialTokens
    case .addedTokens: addedTokens
    }
  }

  private func value<Value>(
    of name: String, _ read: (ComponentReader) throws -> Value
  ) throws -> Value? {
    guard let (file, json) = member(name), json != .null else { return nil }
    return try Self.naming(file) { try read(ComponentReader(json, path: name)) }
  }

  private static func naming<Value>(_ file: String, _ read: () throws -> Value) throws -> Value {
    do { return try read() } catch let error as TokenizerFileError {
      throw error.naming(file)
    }
  }
}

extension ComponentReader {
  /// `"[CLS]"`, or an object with search options.
  fileprivate func namedToken() throws -> NamedToken {
    switch json {
    case .string(let text): return .plain(text)
    case .object: return .added(try AddedToken(self, id: 0))
    default: throw wrongKind("a token")
    }
  }
}
