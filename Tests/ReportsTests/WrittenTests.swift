import Documents
import Reports
import Testing

@Test func `what is interpolated is escaped, and what is literal is not`() {
  let foreign = "<b>&\"'\u{1B}"
  #expect(("<p>\(foreign)</p>" as MarkupText).text.hasPrefix("<p>&lt;b&gt;&amp;&quot;&#39;"))
  #expect(("{\(foreign)}" as JSONText).text == "{\"<b>&\\\"'\\u001b\"}")
  #expect(("**\("*a* _b_")**" as MarkdownText).text == "**\\*a\\* \\_b\\_**")
  #expect(("a,\("b,\"c\"")" as CSVText).text == "a,\"b,\"\"c\"\"\"")
  #expect(!("\(foreign)" as PlainText).text.contains("\u{1B}"))
}

@Test func `parts that are written already are not escaped again`() {
  let name: MarkupText = "\("a&b")"
  #expect(("<i>\(name)</i>" as MarkupText).text == "<i>a&amp;b</i>")
  #expect([name, name].joined(separator: "<br>").text == "a&amp;b<br>a&amp;b")
}

@Test func `a row of CSV ends its line and quotes what has to be quoted`() {
  #expect(CSVText(row: ["a", "b c", "d,e", "f\ng", "-1"]).text == "a,b c,\"d,e\",\"f\ng\",-1\n")
  #expect(CSVText(row: ["=x", "-1"], .spreadsheet).text == "'=x,-1\n")
}

@Test func `only data reaches a file as it is`() {
  let hostile = "a\u{1B}b"
  let data = Output(CSVText(row: [hostile]))
  #expect(data.text == "a\u{1B}b\n")
  #expect(!data.terminalText.contains("\u{1B}") && data.terminalText.hasSuffix("\n"))
  let lines = Output("\(hostile)" as PlainText)
  #expect(lines.text == lines.terminalText)
}
