import Documents
import Reports
import TerminalUI
import Testing

@Suite struct `a table` {
  private static let rows: [[JSON]] = [
    [.string("a|b <c>"), .float(0.5)], [.string("=d, e"), .null],
  ]

  private static func written(as format: OutputFormat, _ form: CSVForm = .exact) -> String? {
    let head = TableHead(
      title: "T & U", header: ["text", "p"], facts: [.init("filter", .string("p>0.5"))],
      csvForm: form)
    guard let table = format.table?(head) else { return nil }
    let parts = rows.enumerated().map { table.output(of: $1, isFirst: $0 == 0).text }
    return ([table.opening.text] + parts + [table.closing.text]).joined()
  }

  @Test func `is written in the formats that have rows`() {
    let formats = OutputCatalog.standard.formats(writing: \.table)
    #expect(formats == [.json, .jsonl, .csv, .html, .markdown])
  }

  @Test func `is CSV`() {
    #expect(Self.written(as: .csv) == "text,p\na|b <c>,0.5\n\"=d, e\",\n")
    #expect(Self.written(as: .csv, .spreadsheet)?.contains("\"'=d, e\",") == true)
  }

  @Test func `is an object of JSON a row`() {
    #expect(
      Self.written(as: .jsonl)
        == "{\"text\": \"a|b <c>\", \"p\": 0.5}\n{\"text\": \"=d, e\", \"p\": null}\n")
  }

  @Test func `is one document of JSON`() throws {
    let text = try #require(Self.written(as: .json))
    #expect(text.contains("\"filter\": \"p>0.5\""))
    #expect(text.contains("{\"text\": \"a|b <c>\", \"p\": 0.5},\n{\"text\""))
    #expect(text.hasSuffix("\n]}\n"))
  }

  @Test func `is Markdown and HTML, with every cell escaped`() throws {
    #expect(Self.written(as: .markdown)?.contains("| a\\|b \\<c\\> | 0.5 |\n") == true)
    let page = try #require(Self.written(as: .html))
    #expect(page.contains("<h1>T &amp; U</h1>"))
    #expect(page.contains("<td class=\"text\">a|b &lt;c&gt;</td><td>0.5</td>"))
    #expect(page.contains("<p>filter: p&gt;0.5</p>"))
    #expect(page.hasSuffix("</html>\n"))
  }
}

@Test func `a screen is a picture with a text for each run of cells`() {
  var frame = Frame(size: Size(columns: 10, rows: 2))
  frame.write("a<b", at: Position(column: 1, row: 1), style: Style(.title, .bold))
  let picture = ScreenSVG(theme: ThemeLibrary().preferred(.dark)).text(of: frame).text
  #expect(picture.hasPrefix("<svg xmlns=") && picture.hasSuffix("</svg>\n"))
  #expect(picture.contains(">a&lt;b</text>"))
  #expect(picture.matches(of: #/<text/#).count == 1)
}
