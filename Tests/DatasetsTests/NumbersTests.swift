import Datasets
import Testing

private func read(
  _ text: String, format: String = "csv", outputs: [String] = ["score"],
  options: DatasetReader.Options = .init()
) throws -> (values: [[Double]?], bad: [BadRow]) {
  let format = try #require(TextFormatCatalog.format(named: format))
  let reader = DatasetReader(
    format, classes: outputs, isMultiLabel: false, isRegression: true, options: options)
  var source = TableSource(ByteStream(Array(text.utf8)))
  var values: [[Double]?] = []
  var bad: [BadRow] = []
  _ = try reader.read(&source) { line in
    switch line {
    case .example(let example): values.append(example.values)
    case .bad(let row): bad.append(row)
    }
  }
  return (values, bad)
}

@Test func `numbers are found by name and by content, and bad ones are listed`() throws {
  let table =
    "id,text,stars\n1,a fine film,4.5\n2,a dull film,x\n3,so so it is,\n4,never again,-1e1\n"
  let (values, bad) = try read(table)
  #expect(values == [[4.5], [-10]])
  #expect(bad.map(\.problem) == [.notANumber("x", column: "stars"), .noLabel(column: "stars")])
  #expect(bad.map(\.line) == [3, 4])
  #expect(try read("text,n\na b c,1\nd e f,2\n").values == [[1], [2]])
  var options = DatasetReader.Options()
  options.columns.label = "n"
  #expect(try read("text,label,n\na b c,0,7\n", options: options).values == [[7]])
}

@Test func `a model of several numbers reads a column each or a list`() throws {
  let outputs = ["joy", "fear"]
  #expect(try read("text,fear,joy\na b c,1,2\n", outputs: outputs).values == [[2, 1]])
  let lines = "{\"text\": \"a b\", \"label\": [0.5, 1]}\n{\"text\": \"a b\", \"label\": [1]}\n"
  let (values, bad) = try read(lines, format: "jsonl", outputs: outputs)
  #expect(values == [[0.5, 1]] && bad.count == 1)
}

@Test func `a file without numbers is refused`() {
  #expect(throws: TextFileError.noNumberColumn(columns: ["label"])) {
    try read("text,label\na b c,yes\n")
  }
}
