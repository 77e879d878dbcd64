import Datasets
import Documents
import Testing

private let sentiment = ["negative", "positive"]

private struct Reading {
  var golds: [Gold] = []
  var texts: [String] = []
  var ids: [String?] = []
  var bad: [BadRow] = []
  var facts: DatasetFacts
}

private func read(
  _ text: String, as name: String = "a.csv", classes: [String] = sentiment,
  isMultiLabel: Bool = false, limit: Int? = nil,
  _ change: (inout DatasetReader.Options) -> Void = { _ in }
) throws -> Reading {
  var options = DatasetReader.Options()
  change(&options)
  let reader = DatasetReader(
    try TextFormatCatalog.format(ofFile: name, first: Array(text.utf8)), classes: classes,
    isMultiLabel: isMultiLabel,
    options: options)
  var source = TableSource(ByteStream(Array(text.utf8)))
  var examples: [Example] = []
  var bad: [BadRow] = []
  let facts = try reader.read(&source, limit: limit) { line in
    switch line {
    case .example(let example): examples.append(example)
    case .bad(let row): bad.append(row)
    }
  }
  return Reading(
    golds: examples.map(\.gold), texts: examples.map(\.text), ids: examples.map(\.id), bad: bad,
    facts: facts)
}

@Test func `columns are found by their names`() throws {
  let reading = try read("Id,Sentence,Label\na,good film,positive\nb,bad film,negative\n")
  #expect(reading.golds == [.one(1), .one(0)])
  #expect(reading.texts == ["good film", "bad film"] && reading.ids == ["a", "b"])
  #expect(reading.facts.columns == ColumnNames(text: "Sentence", label: "Label", id: "Id"))
}

@Test func `columns are found by what they hold`() throws {
  let reading = try read(
    "mood,words said,n\npositive,a very good film,1\nnegative,a very bad film,2\n")
  #expect(reading.golds == [.one(1), .one(0)])
  #expect(reading.facts.columns.label == "mood" && reading.facts.columns.text == "words said")
}

@Test func `a table without names is read by what it holds`() throws {
  let reading = try read("1\ta very good film\n0\ta very bad film\n", as: "a.tsv")
  #expect(reading.golds == [.one(1), .one(0)])
  #expect(reading.texts == ["a very good film", "a very bad film"])
}

@Test func `the user's word on the columns is taken`() throws {
  let reading = try read("text,label,a,b\nx,positive,y,negative\n") {
    $0.columns = ColumnNames(text: "A", label: "b")
  }
  #expect(reading.texts == ["y"] && reading.golds == [.one(0)])
  #expect(throws: TextFileError.noSuchColumn(name: "q", columns: ["text", "label"])) {
    try read("text,label\nx,positive\n") { $0.columns.label = "q" }
  }
}

@Test(arguments: [
  ["negative", "positive"], ["0", "1"], [" Negative", "POSITIVE "], ["0.0", "1.0"],
  ["false", "true"], ["neg", "pos"], ["1", "2"],
])
func `labels are names, numbers or what fits one class alone`(_ labels: [String]) throws {
  let reading = try read("text,label\na,\(labels[0])\nb,\(labels[1])\n")
  #expect(reading.golds == [.one(0), .one(1)])
  #expect(reading.facts.labels.isUncertain == (labels == ["1", "2"]))
}

@Test func `a class that is called a number is meant by its name`() throws {
  let reading = try read("text,label\na,1\nb,0\n", classes: ["1", "0"])
  #expect(reading.golds == [.one(0), .one(1)])
}

@Test func `labels that are no class are listed, and say so where none is`() throws {
  let reading = try read("text,label\na,positive\nb,mixed\nc,\nd,7\n")
  #expect(reading.golds == [.one(1)])
  #expect(
    reading.bad == [
      BadRow(index: 1, line: 3, problem: .unknownLabel("mixed", classes: sentiment)),
      BadRow(index: 2, line: 4, problem: .noLabel(column: "label")),
      BadRow(index: 3, line: 5, problem: .unknownLabel("7", classes: sentiment)),
    ])
  #expect(
    throws: TextFileError.foreignLabels(
      column: "label", labels: ["sad", "so so"], classes: sentiment)
  ) { try read("text,label\na,sad\nb,so so\n") }
  let mapped = try read("text,label\na,sad\nb,so so\n") {
    $0.labelMap = [("sad", "negative"), ("so so", "Positive")]
  }
  #expect(mapped.golds == [.one(0), .one(1)])
  #expect(throws: TextFileError.noSuchClass(name: "x", classes: sentiment)) {
    try read("text,label\na,sad\n") { $0.labelMap = [("sad", "x")] }
  }
}

@Test func `a file without labels is refused unless they are not needed`() throws {
  #expect(throws: TextFileError.noLabelColumn(columns: ["n"])) {
    try read("text,n\nsome words here,9\n")
  }
  let reading = try read("text,n\nsome words here,9\n") { $0.requiresLabels = false }
  #expect(reading.golds == [.unknown])
  #expect(throws: TextFileError.noRows) { try read("text,label\n") }
  #expect(throws: TextFileError.noRows) { try read("") }
}

@Test func `objects have labels of any kind`() throws {
  let reading = try read(
    """
    {"text": "a", "label": 1}
    {"text": "b", "label": "negative", "id": 7}
    {"text": "c", "label": ["positive"]}
    {"text": "d", "label": ["positive", "negative"]}
    {"text": "e"}
    {"text": "f", "label": null}
    {"tokens": ["g"], "label": true}
    """, as: "a.jsonl")
  #expect(reading.golds == [.one(1), .one(0), .one(1), .one(1)])
  #expect(reading.ids == [nil, "7", nil, nil])
  #expect(
    reading.bad.map(\.problem) == [
      .severalLabels(["positive", "negative"]), .noField(column: "label"),
      .noLabel(column: "label"),
    ])
}

@Test(arguments: [
  "[\"b\", \"c\"]", "['b', 'c']", "b|c", "c;b", "b, c", "1,2",
])
func `several labels are a list in whatever form`(_ labels: String) throws {
  let quoted = labels.replacing("\"", with: "\"\"")
  let reading = try read(
    "text,label\nx,\"\(quoted)\"\ny,\nz,a\n", classes: ["a", "b", "c"], isMultiLabel: true)
  #expect(reading.golds == [.several([1, 2]), .several([]), .several([0])])
}

@Test func `several labels are columns of zero and one`() throws {
  let reading = try read(
    "text,a,b,c\nx,1,0,1\ny,0,0,0\nz,0,maybe,1\n", classes: ["a", "b", "c"], isMultiLabel: true)
  #expect(reading.golds == [.several([0, 2]), .several([])])
  #expect(reading.bad.map(\.line) == [4])
}

@Test func `several labels are a list of zeros and ones`() throws {
  let reading = try read(
    "{\"text\": \"x\", \"labels\": [0, 1, 1]}\n{\"text\": \"y\", \"labels\": [2]}", as: "a.jsonl",
    classes: ["a", "b", "c"], isMultiLabel: true)
  #expect(reading.golds == [.several([1, 2]), .several([2])])
}

@Test func `rationales are kept for later`() throws {
  var source = TableSource(
    ByteStream(Array("{\"text\": \"bad film\", \"label\": 0, \"rationale\": [[0, 3]]}".utf8)))
  let reader = DatasetReader(
    try #require(TextFormatCatalog.format(named: "jsonl")), classes: sentiment, isMultiLabel: false)
  var rationale: JSON?
  try reader.read(&source) { line in
    if case .example(let example) = line { rationale = example.rationale }
  }
  #expect(rationale == .array([.array([.integer(0), .integer(3)])]))
}

@Test func `no more rows than asked for are read`() throws {
  let rows = (0..<500).map { "text \($0),positive\n" }.joined()
  #expect(try read("text,label\n" + rows, limit: 3).golds.count == 3)
  #expect(try read("text,label\n" + rows, limit: 300).golds.count == 300)
  #expect(try read("text,label\n" + rows).golds.count == 500)
}
