import Datasets
import Documents
import Foundation
import Testing

/// Random tables as Python's csv module writes them, with their rows as pandas reads them.
private let fixture = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Fixtures/parity/tables/tables.json")

extension JSON {
  fileprivate var text: String { if case .string(let text) = self { text } else { "" } }
}

@Test func `tables are read as pandas reads them`() throws {
  let tables = try JSON(Array(try Data(contentsOf: fixture))).items
  #expect(tables.count == 60)
  for table in tables {
    let format = try #require(TextFormatCatalog.format(named: table["format"]?.text ?? ""))
    let content = table["content"]?.text ?? ""
    var source = TableSource(ByteStream(Array(content.utf8)), hasHeader: true)
    var rows: [[JSON.Member]] = []
    var bad: [Int] = []
    try format.read(&source) { line in
      switch line {
      case .row(let row): rows.append(row.fields)
      case .bad(let number, _): bad.append(number)
      }
    }
    let columns = (table["columns"]?.items ?? []).map(\.text)
    let expected = (table["rows"]?.items ?? []).map { row in
      zip(columns, row.items).map { JSON.Member($0, $1) }
    }
    #expect(bad.isEmpty && rows == expected, "\(content)")
  }
}
