/// A recursive-descent parser over the bytes of a JSON document, with limits on depth and values.
struct JSONParser {
  static let depthLimit = 100

  private let bytes: [UInt8]
  private let valueLimit: Int
  /// The most elements of each list and object, in the order in which they start; empty if not
  /// counted. Used to reserve capacity: arrays that grow leave three times their size behind.
  var counts: [UInt32] = []
  private var position = 0
  private var values = 0
  private var containers = 0

  init(bytes: [UInt8], valueLimit: Int) {
    self.bytes = bytes
    self.valueLimit = valueLimit
  }

  mutating func document() throws -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }  // a byte order mark
    let result = try value(depth: 0)
    skipSpace()
    if let byte = next { throw fault(.unexpected(byte: byte)) }
    return result
  }

  private mutating func value(depth: Int) throws -> JSON {
    guard depth < Self.depthLimit else { throw fault(.tooDeep(limit: Self.depthLimit)) }
    values += 1
    guard values <= valueLimit else { throw fault(.tooManyValues(limit: valueLimit)) }
    skipSpace()
    guard let byte = next else { throw fault(.endedEarly) }
    switch byte {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func array(depth: Int) throws -> JSON {
    position += 1
    var elements: [JSON] = []
    let count = elementCount()
    if skip(UInt8(ascii: "]")) { return .array(elements) }
    elements.reserveCapacity(count)
    repeat {
      elements.append(try value(depth: depth + 1))
    } while skip(UInt8(ascii: ","))
    try require(UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func object(depth: Int) throws -> JSON {
    position += 1
    var members: [JSON.Member] = []
    let count = elementCount()
    if skip(UInt8(ascii: "}")) { return .object(members) }
    members.reserveCapacity(count)
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected() }
      let key = try string()
      try require(UInt8(ascii: ":"))
      members.append(JSON.Member(key, try value(depth: depth + 1)))
    } while skip(UInt8(ascii: ","))
    try require(UInt8(ascii: "}"))
    return .object(members)
  }

  /// The capacity of the list or object that starts here.
  private mutating func elementCount() -> Int {
    defer { containers += 1 }
    return containers < counts.count ? Int(counts[containers]) : 0
  }

  private mutating func word(_ word: StaticString, _ meaning: JSON) throws -> JSON {
    for byte in word.description.utf8 { try require(byte, afterSpace: false) }
    return meaning
  }

  // MARK: - Numbers

  private mutating func number() throws -> JSON {
    let start = position
    _ = skip(UInt8(ascii: "-"), afterSpace: false)
    let integerStart = position
    try digits()
    if bytes[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
      throw fault(.badNumber, at: start)
    }
    var isWhole = true
    if skip(UInt8(ascii: "."), afterSpace: false) {
      isWhole = false
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    let literal = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let whole = Int(literal) { return .integer(whole) }
    guard let real = Double(literal) else { throw fault(.badNumber, at: start) }
    return .number(real)
  }

  /// At least one digit.
  private mutating func digits() throws {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    if position == start { throw unexpected() }
  }

  // MARK: - Strings

  private mutating func string() throws -> String {
    position += 1
    var result = ""
    while true {
      let start = position
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
        position += 1
      }
      guard let byte = next else { throw fault(.endedEarly) }
      guard let part = String(validating: bytes[start..<position], as: UTF8.self) else {
        throw fault(.notUTF8, at: start)
      }
      if result.isEmpty { result = part } else { result += part }
      guard byte != UInt8(ascii: "\"") else {
        position += 1
        return result
      }
      guard byte == UInt8(ascii: "\\") else { throw unexpected() }
      position += 1
      result.unicodeScalars.append(try escape())
    }
  }

  private mutating func escape() throws -> Unicode.Scalar {
    guard let byte = next else { throw fault(.endedEarly) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw fault(.badEscape, at: position - 2)
    }
  }

  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    let start = position - 2
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    // The first half of a surrogate pair; the second has to follow.
    guard first < 0xDC00, next == UInt8(ascii: "\\") else { throw fault(.badEscape, at: start) }
    position += 1
    guard next == UInt8(ascii: "u") else { throw fault(.badEscape, at: start) }
    position += 1
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault(.badEscape, at: start) }
    return scalar
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard position + 4 <= bytes.count else { throw fault(.endedEarly, at: bytes.count) }
    let digits = bytes[position..<position + 4]
    let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault(.badEscape) }
    position += 4
    return code
  }

  // MARK: - Bytes

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  /// Skips a byte if it comes next, and says whether it did.
  private mutating func skip(_ byte: UInt8, afterSpace: Bool = true) -> Bool {
    if afterSpace { skipSpace() }
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func require(_ byte: UInt8, afterSpace: Bool = true) throws {
    guard skip(byte, afterSpace: afterSpace) else { throw unexpected() }
  }

  private func unexpected() -> JSONError {
    fault(next.map(JSONFault.unexpected) ?? .endedEarly)
  }

  private func fault(_ fault: JSONFault, at offset: Int? = nil) -> JSONError {
    JSONError(fault, offset: offset ?? position)
  }
}
