import Datasets
import Documents
import Testing

private func read(_ text: String, as name: String, column: String? = nil) throws -> [TextLine] {
  try read(Array(text.utf8), as: name, column: column)
}

private func read(_ bytes: [UInt8], as name: String, column: String? = nil) throws -> [TextLine] {
  var lines: [TextLine] = []
  var source = TableSource(ByteStream(bytes))
  try Catalog.format(ofFile: name).readTexts(&source, textColumn: column) { lines.append($0) }
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

@Test func `semicolons and tabs separate where the first line has no comma`() throws {
  let expected = [text(2, "a, b", [.init("n", .string("1"))])]
  #expect(try read("n;text\n1;a, b\n", as: "a.csv") == expected)
  #expect(try read("n\ttext\n1\ta, b\n", as: "a.csv") == expected)
}

@Test func `a table without a header is read from its first line`() throws {
  let lines = try read("1\ta film of great charm and wit\n0\tdull\n", as: "a.tsv")
  #expect(
    lines == [
      text(1, "a film of great charm and wit", [.init("1", .string("1"))]),
      text(2, "dull", [.init("1", .string("0"))]),
    ])
}

@Test func `two columns of a name can both be asked for`() throws {
  #expect(
    try read("a,a\n1,2\n", as: "a.csv", column: "a.2") == [text(2, "2", [.init("a", .string("1"))])]
  )
}

@Test func `a file without a text column says which columns it has`() {
  #expect(throws: TextFileError.noTextColumn(columns: ["a", "b"])) {
    try read("a\tb\n1\t2\n", as: "c.tsv")
  }
  #expect(throws: TextFileError.noSuchColumn(name: "z", columns: ["a", "b"])) {
    try read("a\tb\n1\t2\n", as: "c.tsv", column: "z")
  }
}

@Test func `a column of sentences is found by what it holds`() throws {
  let lines = try read(
    "kind,prose\nx,this is a sentence\ny,and this is another\n", as: "c.csv")
  #expect(lines.first == text(2, "this is a sentence", [.init("kind", .string("x"))]))
}

@Test func `a single column is the text whatever it is called`() throws {
  #expect(try read("anything\nhello\n", as: "c.tsv") == [text(2, "hello")])
}

@Test func `plain text keeps empty lines and reports bytes that are not UTF-8`() throws {
  let lines = try read([0x61, 0x0A, 0x0A, 0xFF, 0x0A, 0x62], as: "t.txt")
  #expect(lines == [text(1, "a"), text(2, ""), .bad(line: 3, .notUTF8), text(4, "b")])
}

@Test func `fastText's labels stand before the text`() throws {
  #expect(
    try read("__label__pos a fine film\n", as: "a.txt")
      == [text(1, "a fine film", [.init("label", .string("pos"))])])
}

@Test func `an unknown ending is refused with the known ones`() {
  #expect(throws: TextFileError.self) { try Catalog.format(ofFile: "data.xyz") }
  #expect(throws: TextFileError.parquet(path: "a.parquet")) {
    try Catalog.format(ofFile: "a.parquet")
  }
}

@Test(arguments: [
  ("{\"text\": 1}\n", "jsonl"), ("a\tb\n", "tsv"), ("a,b\n", "csv"), ("a;b", "csv"), ("abc", "txt"),
])
func `the first bytes tell the format`(_ text: String, _ name: String) {
  #expect(Catalog.format(ofBytes: Array(text.utf8))?.name == name)
}

@Test(arguments: [Array("PAR1".utf8), [0, 1, 2, 0, 0, 3]])
func `binary files are of no format`(_ bytes: [UInt8]) {
  #expect(Catalog.format(ofBytes: bytes) == nil)
}

@Test(arguments: Catalog.formats.map(\.name))
func `rows are the same in whatever parts the bytes come`(_ name: String) throws {
  let format = try #require(Catalog.format(named: name))
  let bytes = Array(
    "text,label\n\"é \"\"x\"\" 中,\r\n😀\",a\r\nplain,b\n\"open,c\n{\"text\": \"j\"}\n\nlast,d".utf8)
  func lines(part: Int) throws -> [TableLine] {
    var rest = bytes[...]
    var lines: [TableLine] = []
    var source = TableSource(
      ByteStream {
        let first = Array(rest.prefix(part))
        rest = rest.dropFirst(part)
        return first
      })
    try format.read(&source) { lines.append($0) }
    return lines
  }
  let whole = try lines(part: bytes.count)
  #expect(!whole.isEmpty)
  for part in 1...7 { #expect(try lines(part: part) == whole) }
}

@Test(arguments: Catalog.formats.map(\.name))
func `no bytes stop a reader`(_ name: String) throws {
  let format = try #require(Catalog.format(named: name))
  var random = SeededBytes(state: 3)
  let odd: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x09, 0x61, 0xC3, 0xA9, 0xFF, 0x00, 0x7B, 0x7D]
  for _ in 0..<300 {
    let count = Int.random(in: 0...200, using: &random)
    let bytes = (0..<count).map { _ in odd.randomElement(using: &random) ?? 0 }
    var source = TableSource(ByteStream(bytes), fallback: .whereLikely)
    do {
      try format.read(&source) { _ in }
    } catch is TextFileError {}
  }
}

private struct SeededBytes: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 11 ^ state << 31
  }
}

@Test func `a field beyond the limit costs its row and no other`() throws {
  let long = String(repeating: "x", count: 17 << 20)
  let lines = try read("text,b\n\(long),1\nshort,2\n", as: "a.csv")
  // Compared outside of #expect, which would print the field.
  let tooLong = TextLineProblem.tooLong(bytes: 16 << 20)
  let isRight = lines == [.bad(line: 2, tooLong), text(3, "short", [.init("b", .string("2"))])]
  #expect(isRight)
  let plain =
    try read("\(long)\nshort\n", as: "a.txt") == [.bad(line: 1, tooLong), text(2, "short")]
  #expect(plain)
}
