internal import Documents

/// A page with a table.
struct HTMLTable: TableReport {
  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  var opening: Output { Output(page) }

  func output(of row: [JSON], isFirst: Bool) -> Output { Output(Self.text(of: row)) }

  var closing: Output { Output(Self.end) }

  /// As far as the rows.
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

  static var end: MarkupText { "</table>\n\(HTMLPage.closing)" }
}
