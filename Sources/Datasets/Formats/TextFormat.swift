public import Documents

/// A way to write many texts into one file.
public protocol TextFormat: Sendable {
  /// What the user calls it: `csv`.
  var name: String { get }
  /// Endings of file names, lower-case, without the dot.
  var endings: [String] { get }
  /// Rows are JSON objects, which are UTF-8 by definition (RFC 8259, section 8.1).
  var isJSON: Bool { get }
  /// Calls `body` for each row in order. What `body` throws ends the reading.
  /// - Throws: what the source throws.
  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws
}

extension TextFormat {
  public var isJSON: Bool { false }
}

/// One row of a file: its fields by the names of their columns, in the file's order.
public struct TableRow: Sendable, Equatable {
  /// Where it begins, counted from 1.
  public var line: Int
  public var fields: [JSON.Member]

  public init(line: Int, fields: [JSON.Member]) {
    self.line = line
    self.fields = fields
  }

  public subscript(column: String) -> JSON? { fields.last { $0.key == column }?.value }
}

/// A row, or why there is none: a bad row never ends the reading of a file.
public enum TableLine: Sendable, Equatable {
  case row(TableRow)
  case bad(line: Int, TextLineProblem)

  public var line: Int {
    switch self {
    case .row(let row): row.line
    case .bad(let line, _): line
    }
  }
}

/// The bytes of a table and how they become text.
public struct TableSource {
  public internal(set) var stream: ByteStream
  public internal(set) var decoder: FieldDecoder
  /// Names that the line of column names has more than once; known once it is read.
  public internal(set) var repeatedNames: [String] = []
  /// What the user says of the first line: that it names the columns, or that it does not; nil
  /// where it is to be found out.
  let hasHeader: Bool?

  let quoting: RowReader.Quoting

  /// - Parameters:
  ///   - fallback: for fields that are not UTF-8; a file in UTF-16 needs none.
  ///   - hasQuotes: quotes around a field of a table are no part of it; nil where each field shows
  ///     whether its quotes are such.
  public init(
    _ stream: ByteStream, fallback: FieldDecoder.Fallback = .none, hasHeader: Bool? = nil,
    hasQuotes: Bool? = nil
  ) {
    self.stream = stream
    self.hasHeader = hasHeader
    quoting = hasQuotes.map { $0 ? .always : .never } ?? .wherePaired
    decoder = FieldDecoder(fallback)
  }

  /// Calls `body` with each line that is text.
  mutating func forEachLine(
    _ body: (_ number: Int, Result<String, TextLineProblem>) throws -> Void
  ) throws {
    var number = 0
    while let line = try stream.line() {
      number += 1
      switch line {
      case .tooLong: try body(number, .failure(.tooLong(bytes: ByteStream.lineLimit)))
      case .bytes(let bytes):
        try body(number, decoder.result(bytes))
      }
    }
  }
}
