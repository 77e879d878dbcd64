import Datasets
import Documents
import Testing

private func read(_ text: String, as name: String) throws -> [TextLine] {
  var lines: [TextLine] = []
  try Catalog.format(ofFile: name).read(Array(text.utf8)) { lines.append($0) }
  return lines
}

private func text(_ line: Int, _ text: String, _ fields: [JSON.Member] = []) -> TextLine {
  .record(TextRecord(line: line, content: .text(text), fields: fields))
}

@Test func `JSON Lines hand other fields through and report bad lines in place`() throws {
  let lines = try read(
    """
    {"text": "good", "id": 7, "tag": null}
    {"text": 5}
    nonsense

    {"tokens": ["xxbos", "not"], "text": "not"}
    {"tokens": [1]}
    {"other": 1}
    [1]
    """, as: "a.jsonl")
  #expect(
    lines == [
      text(1, "good", [.init("id", .integer(7)), .init("tag", .null)]),
      .bad(line: 2, .textNotAString),
      .bad(line: 3, .notJSON),
      .record(TextRecord(line: 5, content: .words(["xxbos", "not"]))),
      .bad(line: 6, .tokensNotStrings),
      .bad(line: 7, .noText),
      .bad(line: 8, .notAnObject),
    ])
}

@Test func `comma-separated values follow RFC 4180`() throws {
  let lines = try read(
    "\u{FEFF}id,Text\r\n1,\"a \"\"b\"\", c\nd\"\r\n2,plain \"quote\"\r\n3\r\n\r\n4,\"open\n5,last",
    as: "x/b.CSV")
  #expect(
    lines == [
      text(2, "a \"b\", c\nd", [.init("id", .string("1"))]),
      text(4, "plain \"quote\"", [.init("id", .string("2"))]),
      .bad(line: 5, .fieldCount(expected: 2, found: 1)),
      .bad(line: 7, .openQuote),
      text(8, "last", [.init("id", .string("5"))]),
    ])
}

@Test func `a file without a text column says which columns it has`() {
  #expect(throws: TextFileError.noTextColumn(columns: ["a", "b"])) {
    try read("a\tb\n1\t2\n", as: "c.tsv")
  }
}

@Test func `a single column is the text whatever it is called`() throws {
  #expect(try read("anything\nhello\n", as: "c.tsv") == [text(2, "hello")])
}

@Test func `plain text keeps empty lines and reports bytes that are not UTF-8`() throws {
  var lines: [TextLine] = []
  try Catalog.format(ofFile: "t.txt").read([0x61, 0x0A, 0x0A, 0xFF, 0x0A, 0x62]) {
    lines.append($0)
  }
  #expect(lines == [text(1, "a"), text(2, ""), .bad(line: 3, .notUTF8), text(4, "b")])
}

@Test func `an unknown ending is refused with the known ones`() {
  #expect(throws: TextFileError.self) { try Catalog.format(ofFile: "data.xyz") }
}
