public import Documents

/// A file format for many texts.
public protocol TextFormat: Sendable {
  /// The name that users write: `csv`.
  var name: String { get }
  /// File extensions, in lower case, without the dot.
  var endings: [String] { get }
  /// Whether rows are JSON objects, which are UTF-8 by definition (RFC 8259, section 8.1).
  var isJSON: Bool { get }
  /// Calls `body` for each row in order. An error that it throws ends reading.
  /// - Throws: errors of the source.
  func read(_ source: inout TableSource, _ body: (TableLine) throws -> Void) throws
}

extension TextFormat {
  public var isJSON: Bool { false }
}

/// A row of a file: its fields by column, in the file's order.
public struct TableRow: Sendable, Equatable {
  /// The line where it starts, counted from 1.
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

/// The bytes of a table, and how they are decoded.
public struct TableSource {
  public internal(set) var stream: ByteStream
  public internal(set) var decoder: FieldDecoder
  /// Names that occur more than once in the header; complete once it is read.
  public internal(set) var repeatedNames: [String] = []
  /// Whether the first line is a header, by the user's choice; nil to detect it.
  let hasHeader: Bool?

  let quoting: RowReader.Quoting

  /// - Parameters:
  ///   - fallback: how to decode fields that are not UTF-8; a file in UTF-16 needs none.
  ///   - hasQuotes: whether quotes around a field are syntax; nil to decide for each field.
  public init(
    _ stream: ByteStream, fallback: FieldDecoder.Fallback = .none, hasHeader: Bool? = nil,
    hasQuotes: Bool? = nil
  ) {
    self.stream = stream
    self.hasHeader = hasHeader
    quoting = hasQuotes.map { $0 ? .always : .never } ?? .wherePaired
    decoder = FieldDecoder(fallback)
  }

  /// Calls `body` with each line that can be decoded.
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
