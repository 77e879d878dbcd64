internal import Documents
internal import Explorer

/// A table in one of the formats, written row by row.
struct TableText {
  let format: ExportFormat
  let title: String
  let header: [String]
  /// What is said of the table as a whole, by name.
  var facts: [JSON.Member] = []

  /// - Returns: nil for what is no format of tables.
  init?(_ format: ExportFormat, title: String, header: [String]) {
    guard [.csv, .json, .jsonl, .markdown, .html].contains(format) else { return nil }
    self.format = format
    self.title = title
    self.header = header
  }

  var opening: String {
    switch format {
    case .csv: return CSVLine.text(header)
    case .json:
      let head = JSON.object(
        [.init("schema", .integer(1)), .init("title", .string(title))] + facts
          + [.init("rows", .array([]))]
      ).line
      // the rows come one by one: the list is left open
      return String(head.dropLast(2)) + "\n"
    case .markdown:
      return "## \(MarkdownText.escaped(title))\n\n"
        + facts.map { "\($0.key): \(MarkdownText.cell(Self.plain($0.value)))\n\n" }.joined()
        + "| " + header.map(MarkdownText.cell).joined(separator: " | ") + " |\n|"
        + header.map { _ in " --- |" }.joined() + "\n"
    case .html: return page
    default: return ""
    }
  }

  /// - Parameter isFirst: nothing stands between it and the opening.
  func text(of row: [JSON], isFirst: Bool) -> String {
    switch format {
    case .csv: CSVLine.text(row.map(Self.plain))
    case .json: (isFirst ? "" : ",\n") + object(row)
    case .jsonl: object(row) + "\n"
    case .markdown:
      "| " + row.map { MarkdownText.cell(Self.plain($0)) }.joined(separator: " | ") + " |\n"
    case .html:
      "<tr>" + row.map(Self.htmlCell).joined() + "</tr>\n"
    default: ""
    }
  }

  var closing: String {
    switch format {
    case .json: "\n]}\n"
    case .html: "</table>\n" + HTMLPage.closing
    default: ""
    }
  }

  private func object(_ row: [JSON]) -> String {
    JSON.object(zip(header, row).map { .init($0, $1) }).line
  }

  static func plain(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .null: ""
    default: value.line
    }
  }

  private static func htmlCell(_ value: JSON) -> String {
    if case .string(let text) = value {
      return "<td class=\"text\">\(Markup.escaped(Markup.shown(text)))</td>"
    }
    return "<td>\(Markup.escaped(plain(value)))</td>"
  }

  private var page: String {
    let head = header.map { "<th>\(Markup.escaped($0))</th>" }.joined()
    let facts = facts.map {
      "<p>\(Markup.escaped($0.key)): \(Markup.escaped(Self.plain($0.value)))</p>\n"
    }
    return HTMLPage(title: title, width: "80em", style: HTMLPage.tables).opening + """
      <h1>\(Markup.escaped(title))</h1>
      \(facts.joined())<table>
      <tr>\(head)</tr>

      """
  }
}
