package import Documents

/// A table in one of the output formats, written row by row.
package protocol TableReport {
  var opening: Output { get }
  /// - Parameter isFirst: nothing stands between it and the opening.
  func output(of row: [JSON], isFirst: Bool) -> Output
  var closing: Output { get }
}

extension TableReport {
  package var closing: Output { .empty }
}

/// What is said of a table as a whole.
package struct TableHead: Sendable {
  package var title: String
  /// The names of the columns.
  package var header: [String]
  /// By name.
  package var facts: [JSON.Member]
  package var csvForm: CSVForm

  package init(
    title: String, header: [String], facts: [JSON.Member] = [], csvForm: CSVForm = .exact
  ) {
    self.title = title
    self.header = header
    self.facts = facts
    self.csvForm = csvForm
  }

  /// A row with the names of its columns.
  func object(_ row: [JSON]) -> JSON {
    .object(zip(header, row).map { .init($0, $1) })
  }
}

extension JSON {
  /// In a cell: a text without quotes, nothing for null and for what is no number.
  var cell: String {
    switch self {
    case .string(let text): text
    case .null: ""
    case .number(let number) where !number.isFinite: ""
    case .float(let number) where !number.isFinite: ""
    default: line
    }
  }
}
