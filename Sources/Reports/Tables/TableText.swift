package import Documents

/// A table in one of the formats, written row by row.
package struct TableText {
  package let format: ExportFormat
  package let title: String
  package let header: [String]
  private let form: CSVForm
  /// What is said of the table as a whole, by name.
  package var facts: [JSON.Member] = []

  /// - Returns: nil for what is no format of tables.
  package init?(_ format: ExportFormat, title: String, header: [String], form: CSVForm = .exact) {
    guard [.csv, .json, .jsonl, .markdown, .html].contains(format) else { return nil }
    self.format = format
    self.title = title
    self.header = header
    self.form = form
  }

  package var opening: Output {
    switch format {
    case .csv: Output(CSVText(row: header, form))
    case .json: Output(jsonOpening)
    case .markdown: Output(markdownOpening)
    case .html: Output(page.opening)
    default: Output("" as PlainText)
    }
  }

  /// - Parameter isFirst: nothing stands between it and the opening.
  package func text(of row: [JSON], isFirst: Bool) -> Output {
    switch format {
    case .csv: return Output(CSVText(row: row.map(Self.plain), form))
    case .json:
      let separator: JSONText = isFirst ? "" : ",\n"
      return Output("\(separator)\(object(row))" as JSONText)
    case .jsonl: return Output("\(object(row))\n" as JSONText)
    case .markdown: return Output("| \(Self.cells(row.map(Self.plain))) |\n" as MarkdownText)
    case .html: return Output(page.text(of: row))
    default: return Output("" as PlainText)
    }
  }

  package var closing: Output {
    switch format {
    case .json: Output("\n]}\n" as JSONText)
    case .html: Output(page.closing)
    default: Output("" as PlainText)
    }
  }

  private func object(_ row: [JSON]) -> JSON {
    .object(zip(header, row).map { .init($0, $1) })
  }

  package static func plain(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    default: value.line
    }
  }

  /// The rows come one by one: the list is left open.
  private var jsonOpening: JSONText {
    let members = [.init("schema", .integer(1)), .init("title", .string(title))] + facts
    let head = members.map { "\($0.key): \($0.value), " as JSONText }
    return "{\(head.joined())\"rows\": [\n"
  }

  private var markdownOpening: MarkdownText {
    let facts = facts.map { "\($0.key): \(Self.plain($0.value))\n\n" as MarkdownText }
    let line = header.map { _ in " --- |" as MarkdownText }.joined()
    return "## \(title)\n\n\(facts.joined())| \(Self.cells(header)) |\n|\(line)\n"
  }

  private static func cells(_ cells: [String]) -> MarkdownText {
    cells.map { MarkdownText($0) }.joined(separator: " | ")
  }

  private var page: HTMLTable { HTMLTable(title: title, header: header, facts: facts) }
}
