import Datasets
import Documents
import Testing

@Test func `what is called alike is told, and no name is taken twice`() throws {
  func facts(_ text: String, as name: String) throws -> (names: [String], keys: [String]) {
    var source = TableSource(ByteStream(Array(text.utf8)))
    let format = try TextFormatCatalog.format(ofFile: name, first: Array(text.utf8))
    var keys: [String] = []
    try format.readTexts(&source, understood: { keys = $0.repeatedKeys }, { _ in })
    return (source.repeatedNames, keys)
  }
  #expect(try facts("text,a,text,text\n1,2,3,4\n", as: "a.csv") == (["text"], []))
  #expect(try facts("text,a\n1,2\n", as: "a.csv") == ([], []))
  let object = #"{"text": "a", "x": 1, "text": "b", "x": 2}"#
  #expect(try facts(object, as: "a.jsonl") == ([], ["text", "x"]))
  var columns: [String] = []
  var source = TableSource(ByteStream(Array("a,a,a.2\n1,2,3\n".utf8)))
  try TextFormatCatalog.format(named: "csv")?.readTexts(&source, textColumn: "a") { line in
    if case .record(let record) = line { columns = record.fields.map(\.key) }
  }
  #expect(columns == ["a.3", "a.2"])
}

@Test(arguments: ["csv", "json", "jsonl", "txt"])
func `a line without an end is given up`(_ name: String) throws {
  var parts = 0
  var source = TableSource(
    ByteStream {
      parts += 1
      return Array(repeating: UInt8(ascii: "a"), count: 1 << 20)
    })
  let format = try #require(TextFormatCatalog.format(named: name))
  #expect(throws: TextFileError.endless(bytes: 512 << 20)) {
    try format.readTexts(&source) { _ in }
  }
  #expect(parts < 1000)
}
