internal import Documents

/// A page with a table.
struct HTMLTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output { Output(page) }

  func output(of row: [JSON], isFirst: Bool) -> Output { Output(Self.text(of: row)) }

  var closing: Output { Output(Self.end) }

  /// The page up to the rows.
  var page: MarkupText {
    let names = head.header.map { "<th>\($0)</th>" as MarkupText }.joined()
    let facts = head.facts.map { "<p>\($0.key): \($0.value.cell)</p>\n" as MarkupText }
    return HTMLPage(title: head.title, width: "80em", style: HTMLPage.tables).opening + """
      <h1>\(head.title)</h1>
      \(facts.joined())<table>
      <tr>\(names)</tr>

      """
  }

  static func text(of row: [JSON]) -> MarkupText {
    let cells = row.map { value -> MarkupText in
      if case .string(let text) = value { return "<td class=\"text\">\(text)</td>" }
      return "<td>\(value.cell)</td>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }

  /// A table within a page; empty without rows.
  /// - Parameters:
  ///   - lead: the text between the title and the table.
  ///   - header: the names of the columns, if they are shown.
  static func section(
    _ title: String, lead: MarkupText = "", header: [String] = [], rows: [MarkupText]
  ) -> MarkupText {
    guard !rows.isEmpty else { return "" }
    let names = header.map { "<th>\($0)</th>" as MarkupText }.joined()
    let head: MarkupText = header.isEmpty ? "" : "<tr>\(names)</tr>\n"
    return "<h2>\(title)</h2>\n\(lead)<table>\n\(head)\(rows.joined(separator: "\n"))\n</table>\n"
  }

  /// - Parameter text: the text of the row, after its figures.
  static func row(
    _ name: String, _ cells: [String], text: String? = nil, isAverage: Bool = false
  ) -> MarkupText {
    let cells = cells.map { "<td>\($0)</td>" as MarkupText }.joined()
    let last = text.map { "<td class=\"text\">\($0)</td>" as MarkupText } ?? ""
    let kind: MarkupText = isAverage ? " class=\"average\"" : ""
    return "<tr\(kind)><td class=\"name\">\(name)</td>\(cells)\(last)</tr>"
  }

  static var end: MarkupText { "</table>\n\(HTMLPage.closing)" }
}
