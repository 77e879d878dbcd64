internal import Documents

/// Comma- or tab-separated values, quoted as in RFC 4180, with or without a line of column names.
struct Delimited: TextFormat {
  let name: String
  let endings: [String]
  private let delimiter: UInt8
  /// What separates the fields where the first line has no `delimiter`: some programs write
  /// semicolons or tabs into a `.csv`.
  private let alternatives: [UInt8]

  static let commas = Delimited(
    name: "csv", endings: ["csv"], delimiter: UInt8(ascii: ","),
    alternatives: [UInt8(ascii: ";"), UInt8(ascii: "\t")])
  static let tabs = Delimited(
    name: "tsv", endings: ["tsv", "tab"], delimiter: UInt8(ascii: "\t"), alternatives: [])

  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws {
    var rows = RowReader(delimiter: try usedDelimiter(&source))
    var next = try rows.next(&source)
    while let blank = next, case .success([""]) = blank.fields { next = try rows.next(&source) }
    guard let first = next else { return }
    guard case .success(let cells) = first.fields else {
      throw TextFileError.badHeader(line: first.line)
    }
    let hasHeader = source.hasHeader ?? Header.isOne(cells)
    let columns = hasHeader ? Header.unique(cells) : (1...cells.count).map(String.init)
    if !hasHeader { try body(Self.line(first, columns)) }
    while let row = try rows.next(&source) {
      // a blank line separates nothing and is no row, but where a row is one field
      if case .success([""]) = row.fields, columns.count > 1 { continue }
      try body(Self.line(row, columns))
    }
  }

  private static func line(_ row: RowReader.Row, _ columns: [String]) -> TableLine {
    switch row.fields {
    case .failure(let problem): .bad(line: row.line, problem)
    case .success(let fields) where fields.count != columns.count:
      .bad(line: row.line, .fieldCount(expected: columns.count, found: fields.count))
    case .success(let fields):
      .row(
        TableRow(
          line: row.line, fields: zip(columns, fields).map { JSON.Member($0, .string($1)) }))
    }
  }

  private func usedDelimiter(_ source: inout TableSource) throws -> UInt8 {
    guard !alternatives.isEmpty else { return delimiter }
    var line: ArraySlice<UInt8> = []
    repeat {
      line = source.stream.window[source.stream.start...].prefix { $0 != UInt8(ascii: "\n") }
      let isWhole = line.endIndex < source.stream.window.count
      if isWhole || line.count > ByteStream.partSize { break }
    } while try source.stream.extend()
    guard !line.contains(delimiter) else { return delimiter }
    return alternatives.first { line.contains($0) } ?? delimiter
  }
}

/// Whether a table's first line names its columns.
private enum Header {
  /// Names are short words: a number, a sentence or nothing is a value already.
  static func isOne(_ cells: [String]) -> Bool {
    cells.allSatisfy { cell in
      let words = cell.split(separator: " ")
      return !words.isEmpty && words.count <= 3 && cell.utf8.count <= 60 && Double(cell) == nil
    } || cells.contains { ColumnNames.known.contains($0.lowercased()) }
  }

  /// A second column of a name gets a number, so that both can be asked for.
  static func unique(_ names: [String]) -> [String] {
    var counts: [String: Int] = [:]
    return names.map { name in
      let name = name.trimmingSpaces
      let count = counts[name, default: 0] + 1
      counts[name] = count
      return count == 1 ? name : "\(name).\(count)"
    }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmingSpaces: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
