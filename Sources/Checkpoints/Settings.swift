public import Documents

/// Reads a JSON object key by key; errors name the key by its path: `awd_lstm.emb_sz`.
public struct Settings: Sendable {
  private let object: JSON
  private let path: String

  /// - Throws: `CheckpointError.wrongValue` if the document is not an object.
  public init(_ json: JSON, path: String = "") throws {
    guard case .object = json else {
      throw CheckpointError.wrongValue(key: path, expected: "an object", found: json.kind)
    }
    object = json
    self.path = path
  }

  /// Whether a key is present and not null.
  public func has(_ key: String) -> Bool {
    guard let value = object[key] else { return false }
    return value != .null
  }

  func isNull(_ key: String) -> Bool { object[key] == .null }

  func isList(_ key: String) -> Bool {
    if case .array = object[key] { true } else { false }
  }

  /// The members of an object, in the order of the file.
  func members(_ key: String) throws -> [JSON.Member] {
    guard case .object(let members) = try value(key) else {
      throw wrong(key, expected: "an object")
    }
    return members
  }

  public func number(_ key: String) throws -> Double {
    switch try value(key) {
    case .integer(let whole): return Double(whole)
    case .number(let real): return real
    default: throw wrong(key, expected: "a number")
    }
  }

  /// The value in words, for messages.
  public func found(_ key: String) -> String { object[key]?.summary ?? "nothing" }

  public func section(_ key: String) throws -> Settings {
    try Settings(try value(key), path: keyPath(key))
  }

  public func string(_ key: String) throws -> String {
    guard case .string(let text) = try value(key) else { throw wrong(key, expected: "a string") }
    return text
  }

  public func strings(_ key: String) throws -> [String] {
    guard let texts = Self.strings(try value(key)) else {
      throw wrong(key, expected: "a list of strings")
    }
    return texts
  }

  static func strings(_ json: JSON) -> [String]? {
    guard case .array(let elements) = json else { return nil }
    var texts: [String] = []
    texts.reserveCapacity(elements.count)
    for element in elements {
      guard case .string(let text) = element else { return nil }
      texts.append(text)
    }
    return texts
  }

  public func bool(_ key: String) throws -> Bool {
    guard case .bool(let flag) = try value(key) else {
      throw wrong(key, expected: "true or false")
    }
    return flag
  }

  public func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    guard case .integer(let whole) = try value(key), range.contains(whole) else {
      throw wrong(
        key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  /// nil for `null`.
  public func optionalInteger(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    try value(key) == .null ? nil : try integer(key, in: range)
  }

  func numbers(_ key: String) throws -> [Float] {
    guard let numbers = Self.numbers(try value(key)) else {
      throw wrong(key, expected: "a list of numbers")
    }
    return numbers
  }

  /// A list of non-negative integers.
  func integers(_ key: String) throws -> [Int] {
    guard case .array(let elements) = try value(key) else {
      throw wrong(key, expected: "a list of whole numbers")
    }
    return try elements.map { element in
      guard case .integer(let whole) = element, whole >= 0 else {
        throw wrong(key, expected: "a list of whole numbers")
      }
      return whole
    }
  }

  /// `[low, high]`; nil for `null`.
  public func optionalRange(_ key: String) throws -> ClosedRange<Float>? {
    guard try value(key) != .null else { return nil }
    guard let bounds = Self.numbers(try value(key)), bounds.count == 2,
      bounds.allSatisfy(\.isFinite), bounds[0] < bounds[1]
    else {
      throw wrong(key, expected: "null or two numbers in order")
    }
    return bounds[0]...bounds[1]
  }

  /// One number for all classes, or one per class.
  func thresholds(classes: Int) throws -> [Float] {
    let numbers = try numbers("thresholds")
    guard numbers.count == 1 || numbers.count == classes, numbers.allSatisfy(\.isFinite) else {
      throw wrong("thresholds", expected: "one number, or one a class")
    }
    return numbers
  }

  static func numbers(_ json: JSON) -> [Float]? {
    guard case .array(let elements) = json else { return nil }
    var numbers: [Float] = []
    for element in elements {
      switch element {
      case .integer(let whole): numbers.append(Float(whole))
      case .number(let real): numbers.append(Float(real))
      default: return nil
      }
    }
    return numbers
  }

  /// One of the cases of an enum, by its raw value.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) throws -> Choice {
    let name = try string(key)
    guard let choice = Choice(rawValue: name) else {
      throw wrong(key, expected: Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return choice
  }

  /// Requires that a key has a given value.
  func require(_ key: String, _ expected: JSON) throws {
    guard try value(key) == expected else { throw wrong(key, expected: expected.summary) }
  }

  private func value(_ key: String) throws -> JSON {
    guard let value = object[key] else { throw CheckpointError.missingKey(key: keyPath(key)) }
    return value
  }

  private func wrong(_ key: String, expected: String) -> CheckpointError {
    .wrongValue(
      key: keyPath(key), expected: expected, found: object[key]?.summary ?? "nothing")
  }

  private func keyPath(_ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension JSON {
  /// The value itself if it is short, otherwise its type.
  fileprivate var summary: String {
    switch self {
    case .bool(let flag): "\(flag)"
    case .integer(let whole): "\(whole)"
    case .number(let real): "\(real)"
    case .string(let text) where text.utf8.count <= 80: text
    default: kind
    }
  }
}
