internal import Documents

/// Comma- or tab-separated values with a header line, quoted as in RFC 4180.
///
/// Written here because a bad row has to be reported with its line while the reading goes on, which
/// the packaged readers don't do: one stray quote ends the whole file there.
struct Delimited: TextFormat {
  let endings: [String]
  let delimiter: UInt8

  static let commas = Delimited(endings: ["csv"], delimiter: UInt8(ascii: ","))
  static let tabs = Delimited(endings: ["tsv", "tab"], delimiter: UInt8(ascii: "\t"))

  private static let textColumns = ["text", "sentence", "review", "content", "comment", "smiles"]

  func read(_ bytes: [UInt8], _ body: (TextLine) throws -> Void) throws {
    var rows = RowReader(bytes: bytes, delimiter: delimiter)
    guard let header = rows.next() else { return }
    guard case .success(let columns) = header.fields, let textColumn = Self.textColumn(columns)
    else {
      throw TextFileError.noTextColumn(columns: (try? header.fields.get()) ?? [])
    }
    while let row = rows.next() {
      switch row.fields {
      case .failure(let problem): try body(.bad(line: row.line, problem))
      case .success(let fields) where fields.count != columns.count:
        // a blank line separates nothing and is no row
        if fields == [""] { continue }
        try body(
          .bad(line: row.line, .fieldCount(expected: columns.count, found: fields.count)))
      case .success(let fields):
        let others = zip(columns, fields).enumerated().filter { $0.offset != textColumn }
          .map { JSON.Member($0.element.0, .string($0.element.1)) }
        try body(
          .record(TextRecord(line: row.line, content: .text(fields[textColumn]), fields: others)))
      }
    }
  }

  private static func textColumn(_ columns: [String]) -> Int? {
    let names = columns.map { $0.lowercased() }
    return textColumns.lazy.compactMap { names.firstIndex(of: $0) }.first
      ?? (columns.count == 1 ? 0 : nil)
  }
}

/// Cuts bytes into rows of fields; a quoted field may hold delimiters, line ends and doubled quotes.
private struct RowReader {
  let bytes: [UInt8]
  let delimiter: UInt8
  private var index: Int
  private var line = 1

  init(bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  struct Row {
    var line: Int
    var fields: Result<[String], TextLineProblem>
  }

  mutating func next() -> Row? {
    guard index < bytes.count else { return nil }
    let first = line
    var fields: [String] = []
    var problem: TextLineProblem?
    while true {
      switch field() {
      case .success(let text): fields.append(text)
      case .failure(let found): problem = problem ?? found
      }
      guard index < bytes.count, bytes[index] == delimiter else { break }
      index += 1
    }
    if index < bytes.count { index += 1 }  // the line feed
    line += 1
    return Row(line: first, fields: problem.map(Result.failure) ?? .success(fields))
  }

  /// One field; afterwards `index` is at a delimiter, a line feed or the end.
  private mutating func field() -> Result<String, TextLineProblem> {
    let quote = UInt8(ascii: "\"")
    guard index < bytes.count, bytes[index] == quote else { return .decoding(bare()) }
    let start = index
    let startLine = line
    index += 1
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte != quote {
        content.append(byte)
      } else if index < bytes.count, bytes[index] == quote {
        content.append(quote)
        index += 1
      } else {
        content += bare()
        return .decoding(content[...])
      }
    }
    // Never closed: give up this line only, so that one stray quote doesn't swallow the file.
    index = start
    line = startLine
    _ = restOfLine()
    return .failure(.openQuote)
  }

  private mutating func bare() -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, bytes[index] != delimiter, bytes[index] != UInt8(ascii: "\n") {
      index += 1
    }
    let atLineEnd = index == bytes.count || bytes[index] == UInt8(ascii: "\n")
    let end =
      atLineEnd && index > start && bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
    return bytes[start..<end]
  }

  private mutating func restOfLine() -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    return bytes[start..<index]
  }
}

extension Result<String, TextLineProblem> {
  fileprivate static func decoding(_ bytes: some Collection<UInt8>) -> Self {
    String(validating: bytes, as: UTF8.self).map(Self.success) ?? .failure(.notUTF8)
  }
}
