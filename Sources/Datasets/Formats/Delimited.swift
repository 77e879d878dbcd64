internal import Documents

/// Comma- or tab-separated values, quoted as in RFC 4180, with or without a header line.
struct Delimited: TextFormat {
  let name: String
  let endings: [String]
  private let delimiter: UInt8
  /// Other delimiters to consider: some programs write semicolons or tabs into a `.csv`.
  private let alternatives: [UInt8]

  static let commas = Delimited(
    name: "csv", endings: ["csv"], delimiter: UInt8(ascii: ","),
    alternatives: [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")])
  static let tabs = Delimited(
    name: "tsv", endings: ["tsv", "tab"], delimiter: UInt8(ascii: "\t"), alternatives: [])

  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws {
    let given = try givenDelimiter(&source)
    let sample = try Self.sample(&source)
    let used = given ?? usedDelimiter(sample)
    let linesAreRows = used == UInt8(ascii: "\t") && Self.areRows(sample, used)
    var rows = RowReader(
      delimiter: used,
      quoting: source.quoting == .wherePaired && linesAreRows ? .withinLines : source.quoting,
      firstLine: given == nil ? 1 : 2)
    func nextRow() throws -> RowReader.Row? {
      var next = try rows.next(&source)
      while let blank = next, case .success([""]) = blank.fields { next = try rows.next(&source) }
      return next
    }
    guard let first = try nextRow() else { return }
    guard case .success(let cells) = first.fields else {
      throw TextFileError.badHeader(line: first.line)
    }
    let hasHeader = source.hasHeader ?? Header.isOne(cells)
    var columns = hasHeader ? Header.unique(cells) : (1...cells.count).map(String.init)
    if hasHeader { source.repeatedNames = Header.repeated(cells) }
    rows.columns = columns.count
    if !hasHeader {
      try body(Self.line(first, columns))
    } else if columns.count > 1, let second = try nextRow() {
      // R writes row names into a first column without a name; a single row may just be too long.
      let count = columns.count
      func hasOneMore(_ row: RowReader.Row) -> Bool { (try? row.fields.get().count) == count + 1 }
      let third = hasOneMore(second) ? try nextRow() : nil
      if hasOneMore(second), third.map(hasOneMore) ?? true {
        columns.insert(Header.unnamed(0), at: 0)
        rows.columns = columns.count
      }
      try body(Self.line(second, columns))
      if let third { try body(Self.line(third, columns)) }
    }
    while let row = try rows.next(&source) {
      // A blank line is not a row, unless rows have a single field.
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
}

/// Finds the delimiter.
extension Delimited {
  /// The delimiter of a first line `sep=;`, which spreadsheets write and read; the line is not a
  /// row.
  private func givenDelimiter(_ source: inout TableSource) throws -> UInt8? {
    let line = try Self.sample(&source).prefix { $0 != UInt8(ascii: "\n") }
    let text = line.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\r") }
    guard text.count == 5, text.prefix(4).elementsEqual("sep=".utf8), let sign = text.last else {
      return nil
    }
    _ = source.stream.discard(before: min(line.endIndex + 1, source.stream.window.count))
    return sign
  }

  private func usedDelimiter(_ sample: ArraySlice<UInt8>) -> UInt8 {
    guard !alternatives.isEmpty else { return delimiter }
    let line = sample.prefix { $0 != UInt8(ascii: "\n") }
    let all = [delimiter] + alternatives
    let counts = FieldCounts(sample, of: all, rows: 20)
    return all.first { counts.isSteady($0) } ?? all.first { line.contains($0) } ?? delimiter
  }

  /// Whether nearly all lines have as many fields as the first, ignoring quotes: then no field
  /// contains a line end. Programs that write tab-separated values often do not quote at all.
  private static func areRows(_ sample: ArraySlice<UInt8>, _ delimiter: UInt8) -> Bool {
    let lines = sample.split(separator: UInt8(ascii: "\n"))
    let counts = lines.map { line in line.count { $0 == delimiter } }
    guard let first = counts.first, first > 0 else { return false }
    return 10 * counts.count { $0 == first } >= 9 * counts.count
  }

  /// The next bytes, as many as are needed to recognise the dialect.
  private static func sample(_ source: inout TableSource) throws -> ArraySlice<UInt8> {
    let size = 64 << 10
    while source.stream.window.count - source.stream.start < size {
      guard try source.stream.extend() else { break }
    }
    return source.stream.window[source.stream.start...].prefix(size)
  }
}

/// How often delimiters occur in the first rows, outside quoted fields.
private struct FieldCounts {
  private var rows: [[UInt8: Int]] = []

  init(_ bytes: ArraySlice<UInt8>, of delimiters: [UInt8], rows limit: Int) {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isEmpty = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\n") where !isQuoted:
        if !isEmpty { rows.append(counts) }
        guard rows.count < limit else { return }
        counts = [:]
        isEmpty = true
        continue
      case _ where !isQuoted && delimiters.contains(byte): counts[byte, default: 0] += 1
      default: break
      }
      if byte != UInt8(ascii: "\r") { isEmpty = false }
    }
  }

  /// Whether every row has it equally often.
  func isSteady(_ delimiter: UInt8) -> Bool {
    guard rows.count > 1, let first = rows[0][delimiter] else { return false }
    return rows.allSatisfy { $0[delimiter] == first }
  }
}

/// Recognises header lines.
enum Header {
  /// Whether the cells are names: short words, unlike numbers, sentences and empty cells. The
  /// column of row names, and one after a trailing delimiter, may be unnamed.
  static func isOne(_ cells: [String]) -> Bool {
    if cells.contains(where: { ColumnNames.known.contains($0.trimmingSpaces.lowercased()) }) {
      return true
    }
    var named = cells[...]
    if cells.count > 2 {
      if named.first?.isEmpty == true { named.removeFirst() }
      if named.last?.isEmpty == true { named.removeLast() }
    }
    return named.allSatisfy { cell in
      let words = cell.split(separator: " ")
      return !words.isEmpty && words.count <= 3 && cell.utf8.count <= 60 && Double(cell) == nil
    }
  }

  /// Names that occur more than once, each once.
  static func repeated(_ names: [String]) -> [String] {
    var counts: [String: Int] = [:]
    return names.map(\.trimmingSpaces).filter { name in
      counts[name, default: 0] += 1
      return !name.isEmpty && counts[name] == 2
    }
  }

  /// Numbers duplicate names, so that each column can be addressed.
  static func unique(_ names: [String]) -> [String] {
    let names = names.enumerated().map { place, name in
      let name = name.trimmingSpaces
      return name.isEmpty ? unnamed(place) : name
    }
    var taken = Set(names)
    var seen: Set<String> = []
    return names.map { name in
      guard !seen.insert(name).inserted else { return name }
      var number = 2
      while taken.contains("\(name).\(number)") { number += 1 }
      taken.insert("\(name).\(number)")
      return "\(name).\(number)"
    }
  }

  /// The name that pandas gives it.
  static func unnamed(_ place: Int) -> String { "Unnamed: \(place)" }
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
