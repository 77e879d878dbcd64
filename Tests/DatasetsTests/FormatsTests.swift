import Datasets
import Documents
import TestSupport
import Testing

private func read(_ text: String, as name: String, column: String? = nil) throws -> [TextLine] {
  try read(Array(text.utf8), as: name, column: column)
}

private func read(_ bytes: [UInt8], as name: String, column: String? = nil) throws -> [TextLine] {
  var lines: [TextLine] = []
  var source = TableSource(ByteStream(bytes))
  try TextFormatCatalog.format(ofFile: name, first: bytes).readTexts(&source, textColumn: column) {
    lines.append($0)
  }
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

@Test func `bytes that are no text are refused`() {
  #expect(throws: TextFileError.foreignFormat(path: "data.xyz", .binary)) {
    try TextFormatCatalog.format(ofFile: "data.xyz", first: [0, 1, 2, 0, 0, 3])
  }
}

private let foreign: [([UInt8], ForeignFormat)] = [
  (Array("PAR1".utf8), ForeignFormat.parquet), (Array("ARROW1".utf8), .arrow),
  ([0x1F, 0x8B, 8], .gzip), ([0x80, 4, 0x95], .pickle), ([0xD0, 0xCF, 0x11, 0xE0], .oldExcel),
  ([0x50, 0x4B, 3, 4] + Array("xxxxxxxx[Content_Types].xml".utf8), .excel),
  (
    [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
    .openDocument
  ),
  ([0x50, 0x4B, 3, 4, 0], .zip), (Array("SQLite format 3".utf8), .sqlite),
  ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], .utf32), (Array(repeating: 0, count: 100), .binary),
]

@Test(arguments: foreign)
func `a format that is not read is named, whatever the file is called`(
  _ bytes: [UInt8], _ format: ForeignFormat
) {
  for name in ["data.csv", "data.json", "data", "data.parquet"] {
    #expect(throws: TextFileError.foreignFormat(path: name, format)) {
      try TextFormatCatalog.format(ofFile: name, first: bytes)
    }
  }
}

@Test(arguments: [
  ("{\"text\": 1}\n", "jsonl"), ("a\tb\n", "tsv"), ("a,b\n", "csv"), ("a;b", "csv"), ("abc", "txt"),
])
func `the first bytes tell the format`(_ text: String, _ name: String) {
  #expect(TextFormatCatalog.format(ofBytes: Array(text.utf8))?.name == name)
}

@Test(arguments: [Array("PAR1".utf8), [0, 1, 2, 0, 0, 3]])
func `binary files are of no format`(_ bytes: [UInt8]) {
  #expect(TextFormatCatalog.format(ofBytes: bytes) == nil)
}

@Test(arguments: TextFormatCatalog.formats.map(\.name))
func `rows are the same in whatever parts the bytes come`(_ name: String) throws {
  let format = try #require(TextFormatCatalog.format(named: name))
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

@Test(arguments: TextFormatCatalog.formats.map(\.name))
func `no bytes stop a reader`(_ name: String) throws {
  let format = try #require(TextFormatCatalog.format(named: name))
  var random = SeededRandom(seed: 3)
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

// MARK: Quotes

private let glue =
  "sentence\tlabel\n\"great film\tpositive\nbad film\tnegative\n\"so good\tpositive\nbad\tnegative\n"

@Test func `a quote that closes behind whole rows of tabs is no quote`() throws {
  func texts(_ text: String, as name: String = "a.tsv") throws -> [String?] {
    try read(text, as: name).map { line in
      if case .record(let record) = line, case .text(let text) = record.content {
        text
      } else {
        nil
      }
    }
  }
  // csv.QUOTE_NONE
  #expect(try texts(glue) == ["\"great film", "bad film", "\"so good", "bad"])
  #expect(
    try texts("text\tlabel\n\"great film\tx\nbad \"\ty\n\"open\tz\n")
      == ["\"great film", "bad \"", "\"open"])
  // a field with a line end of its own stays one
  #expect(try texts("text\tlabel\n\"two\nlines\"\tx\n") == ["two\nlines"])
  #expect(try texts("id\ttext\tlabel\n1\t\"two\nlines\"\tx\n") == ["two\nlines"])
  #expect(try texts("text\tlabel\n\"a \"\"b\"\"\"\tx\n") == ["a \"b\""])
  // quoted words at the beginning of a text
  #expect(
    try texts("text,label\n\"Great, so great\" they said,x\n", as: "a.csv")
      == ["\"Great, so great\" they said"])
}

@Test func `the user's word on quotes is taken`() throws {
  func fields(_ hasQuotes: Bool) throws -> [String] {
    var source = TableSource(ByteStream(Array("text\tb\n\"a\"\t\"b\n".utf8)), hasQuotes: hasQuotes)
    var rows: [String] = []
    try #require(TextFormatCatalog.format(named: "tsv")).read(&source) { line in
      if case .row(let row) = line { rows += row.fields.map(\.value.line) }
    }
    return rows
  }
  #expect(try fields(false) == ["\"\\\"a\\\"\"", "\"\\\"b\""])
  #expect(try fields(true) == [])
}

// MARK: What programs write before and between the rows

@Test func `spreadsheets may say what separates the fields`() throws {
  let expected = [text(3, "a, b", [.init("n", .string("1"))])]
  #expect(try read("sep=;\nn;text\n1;a, b\n", as: "a.csv") == expected)
  #expect(try read("\u{FEFF}\"sep=;\"\r\nn;text\r\n1;a, b\r\n", as: "a.csv") == expected)
}

@Test func `the sign that all rows have separates the fields`() throws {
  #expect(
    try read("Das war gut, wirklich;positive\nSehr schlecht, nein, leider;negative\n", as: "a.csv")
      .first == text(1, "Das war gut, wirklich", [.init("2", .string("positive"))]))
  #expect(
    try read("n|text\n1|a, b\n", as: "a.csv") == [text(2, "a, b", [.init("n", .string("1"))])])
}

@Test func `lines may end with carriage returns alone`() throws {
  #expect(
    try read("n,text\r1,a b\r2,c", as: "a.csv") == [
      text(2, "a b", [.init("n", .string("1"))]), text(3, "c", [.init("n", .string("2"))]),
    ])
  #expect(try read("one\rtwo\r", as: "a.txt") == [text(1, "one"), text(2, "two")])
  #expect(try read("one\rmore\ntwo\n", as: "a.txt") == [text(1, "one\rmore"), text(2, "two")])
}

@Test func `row names may have no column name`() throws {
  let pandas = [text(2, "a b", [.init("Unnamed: 0", .string("0"))])]
  #expect(try read(",text\n0,a b\n", as: "a.csv") == pandas)
  let fromR = try read("text\tlabel\n1\ta b\tx\n2\tc\ty\n", as: "a.tsv")
  #expect(
    fromR.first
      == text(2, "a b", [.init("Unnamed: 0", .string("1")), .init("label", .string("x"))]))
}

@Test func `one row with a field too many has no row name`() throws {
  #expect(
    try read("text,label\na,b,c\nd,e\n", as: "a.csv") == [
      .bad(line: 2, .fieldCount(expected: 2, found: 3)),
      text(3, "d", [.init("label", .string("e"))]),
    ])
}

@Test func `a zero byte costs its row`() throws {
  #expect(
    try read(Array("text,b\na".utf8) + [0] + Array("b,1\nc,2\n".utf8), as: "a.csv")
      .first == .bad(line: 2, .zeroByte))
}

// MARK: JSON

@Test(arguments: [
  "[{\"text\": \"a\", \"label\": 0}, {\"text\": \"b\", \"label\": 1}]",
  "[\n  {\n    \"text\": \"a\",\n    \"label\": 0\n  },\n  {\"text\": \"b\", \"label\": 1}\n]\n",
  "{\"text\": \"a\", \"label\": 0}\n{\"text\": \"b\", \"label\": 1}\n",
  "{\n \"text\": \"a\",\n \"label\": 0\n}\n{\n \"text\": \"b\",\n \"label\": 1\n}\n",
  "{\"text\":{\"0\":\"a\",\"1\":\"b\"},\"label\":{\"0\":0,\"1\":1}}",
  "{\"0\":{\"text\":\"a\",\"label\":0},\"1\":{\"text\":\"b\",\"label\":1}}",
  "{\"text\":[\"a\",\"b\"],\"label\":[0,1]}",
  "{\"columns\":[\"text\",\"label\"],\"index\":[0,1],\"data\":[[\"a\",0],[\"b\",1]]}",
  "{\"schema\":{\"fields\":[{\"name\":\"text\"}]},\"data\":[{\"text\":\"a\",\"label\":0},{\"text\":\"b\",\"label\":1}]}",
  "{\n  \"version\": 1,\n  \"data\": [\n    {\"text\": \"a\", \"label\": 0},\n    {\"text\": \"b\", \"label\": 1}\n  ]\n}\n",
])
func `JSON is read in whatever form it is written`(_ document: String) throws {
  for name in ["a.json", "a.jsonl", "a.csv", "a"] {
    let rows = try read(document, as: name).map { line -> [JSON] in
      guard case .record(let record) = line, case .text(let text) = record.content else {
        return []
      }
      return [.string(text)] + record.fields.map(\.value)
    }
    #expect(rows == [[.string("a"), .integer(0)], [.string("b"), .integer(1)]])
  }
}

@Test func `bad elements of a list are reported with their line`() throws {
  let lines = try read(
    "[\n{\"text\": \"a\"},\n5,\n{\"text\": },\n{\"text\": \"b\"}", as: "a.json")
  #expect(
    lines == [
      text(2, "a"), .bad(line: 3, .notAnObject), .bad(line: 4, .notJSON), text(5, "b"),
      .bad(line: 5, .openList),
    ])
}

@Test func `a row of lists is a row and no table`() throws {
  #expect(
    try read("{\"tokens\": [\"a\", \"b\"], \"marks\": [0, 1]}\n", as: "a.jsonl")
      == [
        .record(
          TextRecord(
            line: 1, content: .words(["a", "b"]),
            fields: [.init("marks", .array([.integer(0), .integer(1)]))]))
      ])
}

@Test func `a file without a good row says what is wrong with the first`() throws {
  func failure(_ text: String, as name: String) -> TextFileError? {
    var source = TableSource(ByteStream(Array(text.utf8)))
    do {
      let reader = DatasetReader(
        try TextFormatCatalog.format(ofFile: name, first: Array(text.utf8.prefix(4096))),
        classes: ["a", "b"], isMultiLabel: false)
      try reader.read(&source) { _ in }
      return nil
    } catch { return error as? TextFileError }
  }
  let long = "{\"text\": \"" + String(repeating: "x", count: 17 << 20) + "\", \"label\": \"a\"}\n"
  #expect(
    failure(long, as: "a.jsonl") == .noReadableRow(line: 1, .tooLong(bytes: 16 << 20)))
  #expect(
    failure("text,label\n1,2,3,4\n", as: "a.csv")
      == .noReadableRow(line: 2, .fieldCount(expected: 2, found: 4)))
  #expect(failure("", as: "a.csv") == .noRows && failure("text,label\n", as: "a.csv") == .noRows)
}

private let guessed: [(String, String)] = [
  ("Good film, I would watch it again\nbad\nso so, or not\nyes\n", "txt"),
  ("1,a very good film\n0,a bad one\n1,fine\n0,no\n", "csv"),
  ("nonsense\n{\"text\": \"a\"}\n", "jsonl"), ("[\n  {\"text\": \"a\"}\n]", "jsonl"),
  ("id|text\n1|a", "csv"),
]

@Test(arguments: guessed)
func `sentences with commas are no table`(_ text: String, _ name: String) {
  #expect(TextFormatCatalog.format(ofBytes: Array(text.utf8))?.name == name)
}

/// As where a file is cut into partitions: the first line of one is any line.
@Test(arguments: ["{", "{\"text\": \"a\", {", "nonsense", "{\"text\": }"])
func `a damaged first line takes no other line with it`(_ first: String) throws {
  let lines = try read(first + "\n{\"text\": \"b\"}\n{\"text\": \"c\"}\n", as: "a.jsonl")
  #expect(lines == [.bad(line: 1, .notJSON), text(2, "b"), text(3, "c")])
}
