import Datasets
import Documents
import Testing

private func read(
  _ text: String, format name: String = "csv", readsPairs: Bool = true, text column: String? = nil,
  pair: String? = nil
) throws -> (contents: [TextRecord.Content], fields: [[String]], problems: [TextLineProblem]) {
  var contents: [TextRecord.Content] = []
  var fields: [[String]] = []
  var problems: [TextLineProblem] = []
  var source = TableSource(ByteStream(Array(text.utf8)))
  try TextFormatCatalog.format(named: name)?.readTexts(
    &source, textColumn: column, pairColumn: pair, readsPairs: readsPairs
  ) { line in
    switch line {
    case .record(let record):
      contents.append(record.content)
      fields.append(record.fields.map(\.key))
    case .bad(_, let problem): problems.append(problem)
    }
  }
  return (contents, fields, problems)
}

struct PairTests {
  @Test(arguments: [
    ("premise", "hypothesis"), ("Sentence1", "Sentence2"), ("question", "sentence"),
    ("query", "passage"), ("question", "answer"), ("text", "text_pair"), ("text_a", "text_b"),
  ]) func `columns that are called like a pair are one`(_ first: String, _ second: String) throws {
    let table = "\(first),\(second),label\na b c,it is so not good,1\nd,e f g h is it,0\n"
    let found = try read(table)
    #expect(found.contents == [.pair("a b c", "it is so not good"), .pair("d", "e f g h is it")])
    #expect(found.fields == [["label"], ["label"]])
    // A model of one text reads the first.
    #expect(try read(table, readsPairs: false).contents == [.text("a b c"), .text("d")])
  }

  @Test func `an answer that is the label is no second text`() throws {
    let found = try read("question,answer\nis it so,yes\nwhat is it,no\n")
    #expect(found.contents == [.text("is it so"), .text("what is it")])
  }

  @Test func `the user's word comes first`() throws {
    let table = "premise,hypothesis,note\na,b,c d\n"
    #expect(try read(table, pair: "note").contents == [.pair("a", "c d")])
    #expect(try read(table, text: "note", pair: "Premise").contents == [.pair("c d", "a")])
    #expect(try read(table, readsPairs: false, pair: "hypothesis").contents == [.pair("a", "b")])
    #expect(throws: TextFileError.self) { try read(table, pair: "nothing") }
  }

  @Test func `an object has its second text beside the first`() throws {
    let lines = """
      {"text": "a", "pair": "b", "id": 1}
      {"text": "c", "id": 2}
      {"text": "d", "pair": null}
      {"text": "e", "pair": 7}
      {"tokens": ["x"], "pair": "y"}
      """
    let found = try read(lines, format: "jsonl", readsPairs: false)
    #expect(found.contents == [.pair("a", "b"), .text("c"), .text("d"), .text("e")])
    #expect(found.fields.first == ["id"])
    #expect(found.problems == [.wordsWithPair])
    let other = try read("{\"text\": \"a\", \"text_pair\": \"\"}\n", format: "jsonl")
    #expect(other.contents == [.pair("a", "")])
  }

  @Test func `a pair is another content than its texts`() {
    let contents: [TextRecord.Content] = [
      .text("a"), .pair("a", ""), .pair("a", "b"), .pair("ab", ""), .words(["a", "b"]),
      .text("a\nb"), .words(["pair", "a", "b"]),
    ]
    #expect(Set(contents.map { ContentHash($0) }).count == contents.count)
  }
}
