/// The part of TOML 1.0 that themes need: tables, dotted keys, one-line strings, integers,
/// booleans, lists and inline tables; fractional numbers and dates are only recognised.
///
/// A parser of our own, because the available library stops the process for some invalid files and
/// does not keep the lines of values.
struct TOMLReader {
  struct Failure: Error {
    var line: Int
    var words: String
  }

  typealias Value = ThemeSource.Value

  private static let deepest = 16

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  private var root = Value.table([:])
  private var lines: [[String]: Int] = [:]
  private var headers: Set<[String]> = []

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The document's values, and the line of each key by its path.
  mutating func read() throws(Failure) -> (root: [String: Value], lines: [[String]: Int]) {
    var section: [String] = []
    while true {
      skipBlank(lineEnds: true)
      guard let byte = current else { break }
      if byte == UInt8(ascii: "[") {
        section = try header()
      } else {
        let start = line
        let path = section + (try keys())
        try expect("=", "expected = after the key")
        let value = try value(depth: 0, path: path)
        try insert(value, at: path, line: start)
      }
      try endOfLine()
    }
    guard case .table(let values) = root else { return ([:], lines) }
    return (values, lines)
  }

  private mutating func header() throws(Failure) -> [String] {
    place += 1
    if current == UInt8(ascii: "[") { throw failure("a list of tables means nothing here") }
    let path = try keys()
    try expect("]", "expected ] after the table's name")
    guard headers.insert(path).inserted else {
      throw failure("\(path.joined(separator: ".")) is given twice")
    }
    try insert(.table([:]), at: path, line: line)
    return path
  }
}

// MARK: - Values

extension TOMLReader {
  private mutating func value(depth: Int, path: [String]) throws(Failure) -> Value {
    guard depth < Self.deepest else { throw failure("too many brackets within brackets") }
    skipBlank()
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try string())
    case UInt8(ascii: "["): return .list(try list(depth: depth, path: path))
    case UInt8(ascii: "{"): return .table(try inlineTable(depth: depth, path: path))
    default: return try word()
    }
  }

  private mutating func word() throws(Failure) -> Value {
    let text = consume { $0.isKeyByte || "+.:".utf8.contains($0) }
    switch text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "": throw failure("expected a value")
    default: break
    }
    let digits = text.filter { $0 != "_" }
    if let number = Int(digits) { return .integer(number) }
    if digits.hasPrefix("0x"), let number = Int(digits.dropFirst(2), radix: 16) {
      return .integer(number)
    }
    let first = digits.drop { $0 == "+" || $0 == "-" }.first
    guard let first, first.isASCII, first.isNumber else {
      throw failure("\(text) is no value; a text needs quotes")
    }
    return .other
  }

  private mutating func list(depth: Int, path: [String]) throws(Failure) -> [Value] {
    var values: [Value] = []
    let start = line
    place += 1
    while true {
      skipBlank(lineEnds: true)
      if consume(UInt8(ascii: "]")) { return values }
      if current == nil { throw Failure(line: start, words: "the list has no end") }
      values.append(try value(depth: depth + 1, path: path))
      skipBlank(lineEnds: true)
      if current == nil { continue }
      if !consume(UInt8(ascii: ",")), current != UInt8(ascii: "]") {
        throw failure("expected , or ] in the list")
      }
    }
  }

  private mutating func inlineTable(
    depth: Int, path: [String]
  ) throws(Failure) -> [String: Value] {
    var table = Value.table([:])
    place += 1
    while true {
      skipBlank()
      if consume(UInt8(ascii: "}")) { break }
      let key = try keys()
      try expect("=", "expected = after the key")
      let value = try value(depth: depth + 1, path: path + key)
      guard Self.insert(value, at: key[...], into: &table) != nil else {
        throw failure("\((path + key).joined(separator: ".")) is given twice")
      }
      lines[path + key] = line
      skipBlank()
      if !consume(UInt8(ascii: ",")), current != UInt8(ascii: "}") {
        throw failure("expected , or } in the table")
      }
    }
    guard case .table(let values) = table else { return [:] }
    return values
  }

  private mutating func insert(
    _ value: Value, at path: [String], line: Int
  ) throws(Failure) {
    guard Self.insert(value, at: path[...], into: &root) != nil else {
      throw Failure(line: line, words: "\(path.joined(separator: ".")) is given twice")
    }
    for length in 1...max(1, path.count) where lines[Array(path.prefix(length))] == nil {
      lines[Array(path.prefix(length))] = line
    }
  }

  /// nil if something else is already there. A table is merged with a table.
  private static func insert(
    _ value: Value, at path: ArraySlice<String>, into table: inout Value
  ) -> Void? {
    guard case .table(var values) = table, let key = path.first else { return nil }
    if path.count > 1 {
      var inner = values[key] ?? .table([:])
      guard insert(value, at: path.dropFirst(), into: &inner) != nil else { return nil }
      values[key] = inner
    } else if values[key] == nil {
      values[key] = value
    } else if case .table = values[key], value == .table([:]) {
      return ()
    } else {
      return nil
    }
    table = .table(values)
    return ()
  }
}

// MARK: - Words

extension TOMLReader {
  private mutating func keys() throws(Failure) -> [String] {
    var path: [String] = []
    repeat {
      skipBlank()
      switch current {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): path.append(try string())
      default:
        let key = consume { $0.isKeyByte }
        guard !key.isEmpty else { throw failure("expected a key") }
        path.append(key)
      }
      skipBlank()
    } while consume(UInt8(ascii: "."))
    guard path.count <= Self.deepest else { throw failure("too many points in the key") }
    return path
  }

  private mutating func string() throws(Failure) -> String {
    guard let quote = current else { throw failure("expected a text") }
    place += 1
    var content: [UInt8] = []
    while let byte = current, byte != quote {
      guard byte >= 0x20 || byte == 0x09, byte != 0x7F else { break }
      place += 1
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        content += Array(String(try escaped()).utf8)
      } else {
        content.append(byte)
      }
    }
    guard consume(quote) else { throw failure("the text has no end on its line") }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func escaped() throws(Failure) -> Unicode.Scalar {
    let simple: [UInt8: Unicode.Scalar] = [
      UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n",
      UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "\""): "\"",
      UInt8(ascii: "\\"): "\\",
    ]
    guard let letter = current else { throw failure("the text has no end on its line") }
    place += 1
    if let scalar = simple[letter] { return scalar }
    let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
    let digits = String(decoding: bytes[place...].prefix(count), as: UTF8.self)
    guard count > 0, digits.utf8.count == count, digits.allSatisfy(\.isHexDigit),
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    else { throw failure("no such escape; a backslash is written twice") }
    place += count
    return scalar
  }

  private mutating func endOfLine() throws(Failure) {
    skipBlank()
    guard let byte = current else { return }
    guard byte == 0x0A || byte == UInt8(ascii: "#") else {
      throw failure("expected the end of the line")
    }
  }
}

// MARK: - Bytes

extension TOMLReader {
  private var current: UInt8? { place < bytes.count ? bytes[place] : nil }

  private func failure(_ words: String) -> Failure { Failure(line: line, words: words) }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    place += 1
    return true
  }

  private mutating func consume(while isWanted: (UInt8) -> Bool) -> String {
    let found = bytes[place...].prefix(while: isWanted)
    place += found.count
    return String(decoding: found, as: UTF8.self)
  }

  private mutating func expect(
    _ character: Unicode.Scalar, _ words: String
  ) throws(Failure) {
    skipBlank()
    guard consume(UInt8(ascii: character)) else { throw failure(words) }
  }

  /// Skips spaces; with `lineEnds` also line ends and comments.
  private mutating func skipBlank(lineEnds: Bool = false) {
    while let byte = current {
      switch byte {
      case 0x20, 0x09: place += 1
      case 0x0D where place + 1 < bytes.count && bytes[place + 1] == 0x0A: place += 1
      case 0x0A where lineEnds:
        place += 1
        line += 1
      case UInt8(ascii: "#") where lineEnds:
        while let byte = current, byte != 0x0A { place += 1 }
      default: return
      }
    }
  }
}

extension UInt8 {
  /// Whether it may be in an unquoted key.
  fileprivate var isKeyByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
