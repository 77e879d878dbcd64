internal import Documents

/// An object in a tokenizer's file, and its path there.
struct ComponentReader {
  let json: JSON
  let path: String

  init(_ json: JSON, path: String = "") {
    self.json = json
    self.path = path
  }

  /// nil if the member is missing or null.
  func member(_ key: String) -> ComponentReader? {
    guard let value = json[key], value != .null else { return nil }
    return ComponentReader(value, path: self.path(of: key))
  }

  func required(_ key: String) throws -> ComponentReader {
    guard let member = member(key) else {
      throw TokenizerFileError.missing(path: path(of: key))
    }
    return member
  }

  func elements() throws -> [ComponentReader] {
    guard case .array(let values) = json else { throw wrongKind("a list") }
    return values.enumerated().map { ComponentReader($1, path: "\(path)[\($0)]") }
  }

  func string() throws -> String {
    guard case .string(let string) = json else { throw wrongKind("a string") }
    return string
  }

  func bool() throws -> Bool {
    guard case .bool(let bool) = json else { throw wrongKind("true or false") }
    return bool
  }

  func integer() throws -> Int {
    guard case .integer(let integer) = json else { throw wrongKind("a whole number") }
    return integer
  }

  func number() throws -> Double {
    switch json {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    default: throw wrongKind("a number")
    }
  }

  /// A token id.
  func id() throws -> Int {
    let id = try integer()
    guard id >= 0, id < Vocabulary.idLimit else {
      throw TokenizerFileError.idOutOfRange(path: path, id: id, limit: Vocabulary.idLimit)
    }
    return id
  }

  func string(_ key: String) throws -> String { try required(key).string() }
  func bool(_ key: String) throws -> Bool { try required(key).bool() }
  func bool(_ key: String, default value: Bool) throws -> Bool {
    try member(key)?.bool() ?? value
  }

  /// A single scalar: a replacement, a delimiter.
  func scalar(_ key: String) throws -> UInt32 {
    let member = try required(key)
    let scalars = try member.string().scalarValues
    guard scalars.count == 1 else { throw member.wrongKind("one character") }
    return scalars[0]
  }

  /// `{"String": …}` or `{"Regex": …}`.
  func pattern(_ key: String) throws -> RegexPattern {
    let member = try required(key)
    if let literal = member.member("String") {
      return try RegexPattern(literal: literal.string())
    }
    let regex = try member.required("Regex")
    do {
      return try RegexPattern(regex.string())
    } catch let error as RegexError {
      throw TokenizerFileError.badRegex(path: regex.path, error)
    }
  }

  func wrongKind(_ expected: String) -> TokenizerFileError {
    .wrongKind(path: path, expected: expected, found: json.kind)
  }

  private func path(of key: String) -> String {
    path.isEmpty ? key : path + "." + key
  }
}
