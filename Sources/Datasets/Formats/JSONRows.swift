internal import Documents

/// JSON: one object per line, a list of objects, or one object with a whole table.
///
/// The contents decide, not the file's name: `Dataset.to_json` writes lines into a `.json`, pandas
/// a table of columns.
struct JSONRows: TextFormat {
  let name: String
  let endings: [String]
  let isJSON = true

  static let lines = JSONRows(name: "jsonl", endings: ["jsonl", "ndjson"])
  static let documents = JSONRows(name: "json", endings: ["json"])

  /// The largest document that is not a list; it has to fit in memory as a whole.
  static let documentLimit = 64 << 20

  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws {
    switch try shape(&source) {
    case .lines: try readLines(&source, body)
    case .list: try readList(&source, body)
    case .document: try readDocument(&source, body)
    }
  }

  private enum Shape { case lines, list, document }

  private func shape(_ source: inout TableSource) throws -> Shape {
    var count = 0
    // Two lines are enough to decide, and so is a first line that is longer than any row.
    while try source.stream.extend() {
      let window = source.stream.window
      count = window.count { $0 == UInt8(ascii: "\n") }
      if count > 2 || window.count > ByteStream.lineLimit { break }
    }
    let window = source.stream.window[source.stream.start...]
    guard let start = window.firstIndex(where: { !JSONValues.isSpace($0) }) else { return .lines }
    if window[start] == UInt8(ascii: "[") { return .list }
    guard window[start] == UInt8(ascii: "{") else { return .lines }
    let lines = window[start...].split(separator: UInt8(ascii: "\n"), maxSplits: 2)
      .filter { !$0.allSatisfy(JSONValues.isSpace) }
    guard let first = lines.first, first.count <= ByteStream.lineLimit else { return .document }
    func isObject(_ line: ArraySlice<UInt8>) -> Bool {
      if case .object? = try? JSON(Array(line)) { true } else { false }
    }
    if lines.count == 1 { return .document }
    // A line that ends inside a value starts a document, unlike one that is merely damaged or one
    // that opens an object and is followed by an object without a key.
    let last = first.last { !JSONValues.isSpace($0) }
    return isObject(first) || (last != UInt8(ascii: "[") && isObject(lines[1])) ? .lines : .document
  }

  private func readLines(
    _ source: inout TableSource, _ body: (TableLine) throws -> Void
  ) throws {
    try source.forEachLine { number, line in
      switch line {
      case .failure(let problem): try body(.bad(line: number, problem))
      case .success(let text) where text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }): break
      case .success(let text): try body(Self.row(Array(text.utf8), line: number))
      }
    }
  }

  private func readList(
    _ source: inout TableSource, _ body: (TableLine) throws -> Void
  ) throws {
    var values = JSONValues()
    try values.open(&source)
    while let value = try values.next(&source, limit: ByteStream.lineLimit) {
      switch value.bytes {
      case .failure(let problem): try body(.bad(line: value.line, problem))
      case .success(let bytes): try body(Self.row(bytes, line: value.line))
      }
    }
  }

  private func readDocument(
    _ source: inout TableSource, _ body: (TableLine) throws -> Void
  ) throws {
    var values = JSONValues()
    guard let first = try values.next(&source, limit: Self.documentLimit) else { return }
    let second = try values.next(&source, limit: ByteStream.lineLimit)
    switch first.bytes {
    case .failure(let problem): try body(.bad(line: first.line, problem))
    case .success(let bytes):
      let value = try? JSON(bytes, valueLimit: 20_000_000, memoryLimit: 1 << 30)
      if second == nil, let rows = value.flatMap(JSONTable.rows) {
        for row in rows { try body(.row(TableRow(line: first.line, fields: row))) }
      } else if bytes.count > ByteStream.lineLimit {
        try body(.bad(line: first.line, .tooLong(bytes: ByteStream.lineLimit)))
      } else {
        try body(Self.row(bytes, line: first.line))
      }
    }
    var next = second
    while let value = next {
      switch value.bytes {
      case .failure(let problem): try body(.bad(line: value.line, problem))
      case .success(let bytes): try body(Self.row(bytes, line: value.line))
      }
      next = try values.next(&source, limit: ByteStream.lineLimit)
    }
  }

  private static func row(_ bytes: [UInt8], line: Int) -> TableLine {
    switch try? JSON(bytes) {
    case nil: .bad(line: line, .notJSON)
    case .object(let members)?: .row(TableRow(line: line, fields: members))
    case _?: .bad(line: line, .notAnObject)
    }
  }
}

/// Divides a stream into JSON values, either consecutive or the elements of one list.
private struct JSONValues {
  private var line = 1
  private var isInList = false

  struct Value {
    var line: Int
    var bytes: Result<[UInt8], TextLineProblem>
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Enters the list that comes next.
  mutating func open(_ source: inout TableSource) throws {
    guard try skipSpace(&source) == UInt8(ascii: "[") else { return }
    _ = source.stream.discard(before: source.stream.start + 1)
    isInList = true
  }

  /// The next value; nil after the last one.
  mutating func next(_ source: inout TableSource, limit: Int) throws -> Value? {
    while let byte = try skipSpace(&source) {
      if isInList, byte == UInt8(ascii: ",") {
        _ = source.stream.discard(before: source.stream.start + 1)
      } else if isInList, byte == UInt8(ascii: "]") {
        _ = source.stream.discard(before: source.stream.start + 1)
        isInList = false
      } else {
        return try value(&source, limit: limit)
      }
    }
    if isInList {
      isInList = false
      return Value(line: line, bytes: .failure(.openList))
    }
    return nil
  }

  private mutating func skipSpace(_ source: inout TableSource) throws -> UInt8? {
    while true {
      let window = source.stream.window
      var index = source.stream.start
      while index < window.count, Self.isSpace(window[index]) {
        if window[index] == UInt8(ascii: "\n") { line += 1 }
        index += 1
      }
      let found = index < window.count ? window[index] : nil
      _ = source.stream.discard(before: index)
      if let found { return found }
      guard try source.stream.extend() else { return nil }
    }
  }

  /// The value at the window's start. Only brackets and strings are recognised; the parser
  /// validates it.
  private mutating func value(_ source: inout TableSource, limit: Int) throws -> Value {
    let first = line
    var index = source.stream.start
    var depth = 0
    var (isString, isEscaped, isTooLong) = (false, false, false)
    while true {
      if index >= source.stream.window.count, try !source.stream.extend() { break }
      let byte = source.stream.window[index]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
      let isEnd = !isString && depth <= 0
      if isEnd, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || depth < 0 {
        // An unbalanced bracket ends the enclosing list.
        if depth == 0 || !isInList { index += 1 }
        break
      }
      if isEnd, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") {
        if byte == UInt8(ascii: "\n") { line -= 1 }
        break
      }
      index += 1
      if index - source.stream.start > limit {
        isTooLong = true
        index -= try source.stream.skip(before: index)
      }
    }
    let bytes = Array(source.stream.window[source.stream.start..<index])
    let wasTooLong = isTooLong
    if index == source.stream.start, index < source.stream.window.count { index += 1 }
    _ = source.stream.discard(before: index)
    return Value(
      line: first, bytes: wasTooLong ? .failure(.tooLong(bytes: limit)) : .success(bytes))
  }
}
