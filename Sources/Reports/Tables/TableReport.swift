package import Documents

/// A table in one of the output formats, written row by row.
package protocol TableReport {
  var opening: Output { get }
  /// - Parameter isFirst: whether the row directly follows the opening.
  func output(of row: [JSON], isFirst: Bool) -> Output
  var closing: Output { get }
}

extension TableReport {
  package var closing: Output { .empty }
}

/// Properties of a table as a whole.
package struct TableHead: Sendable {
  package var title: String
  /// The names of the columns.
  package var header: [String]
  /// Further facts with their names.
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

  /// A row as an object whose keys are the names of the columns.
  func object(_ row: [JSON]) -> JSON {
    .object(zip(header, row).map { .init($0, $1) })
  }
}

extension JSON {
  /// The text of a cell: strings without quotes, and nothing for null and NaN.
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
