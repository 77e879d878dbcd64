package import Documents

/// A page with a table, written row by row.
package struct HTMLTable {
  package let title: String
  package let header: [String]
  /// What is said of the table as a whole, by name.
  package var facts: [JSON.Member]

  package init(title: String, header: [String], facts: [JSON.Member] = []) {
    self.title = title
    self.header = header
    self.facts = facts
  }

  package var opening: MarkupText {
    let head = header.map { "<th>\($0)</th>" as MarkupText }.joined()
    let facts = facts.map { "<p>\($0.key): \(TableText.plain($0.value))</p>\n" as MarkupText }
    return HTMLPage(title: title, width: "80em", style: HTMLPage.tables).opening + """
      <h1>\(title)</h1>
      \(facts.joined())<table>
      <tr>\(head)</tr>

      """
  }

  package func text(of row: [JSON]) -> MarkupText {
    let cells = row.map { value -> MarkupText in
      if case .string(let text) = value { return "<td class=\"text\">\(text)</td>" }
      return "<td>\(TableText.plain(value))</td>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }

  package var closing: MarkupText { "</table>\n\(HTMLPage.closing)" }
}
