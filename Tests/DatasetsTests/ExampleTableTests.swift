import Classifiers
import Datasets
import Testing

private func makeTable(_ rows: [(text: String, gold: Gold, logits: [Float])], chunk: Int = 3)
  -> ExampleTable
{
  var table = ExampleTable(classes: ["negative", "positive"])
  var part = ExampleChunk(classes: 2)
  for (index, row) in rows.enumerated() {
    part.append(
      Example(
        index: index + 10, line: index + 12, content: .text(row.text), gold: row.gold,
        id: "r\(index)"),
      Judgement(logits: row.logits, gold: row.gold, link: .softmax))
    if part.count == chunk {
      table.append(part)
      part = ExampleChunk(classes: 2)
    }
  }
  table.append(part)
  return table
}

private let rows: [(text: String, gold: Gold, logits: [Float])] = [
  ("a fine film", .one(1), [0, 3]), ("not good at all", .one(0), [0, 2]),
  ("dull", .one(0), [4, 0]), ("né dull é", .one(1), [1, 0]), ("nobody said", .unknown, [0, 1]),
  ("not not", .one(1), [0, 0.5]), ("", .one(0), [0, 6]),
]

@Test func `a table gives back its rows whatever its chunks are`() {
  for size in [1, 2, 3, 100] {
    let table = makeTable(rows, chunk: size)
    #expect(table.count == 7 && table.labelledCount == 6 && table.errorCount == 3)
    #expect(table.accuracy == 0.5)
    for (index, row) in rows.enumerated() {
      let example = table[index]
      #expect(example.text == row.text && example.gold == row.gold && example.id == "r\(index)")
      #expect(example.fileRow == index + 10 && example.line == index + 12)
      #expect(example.isError == [1, 3, 6].contains(index))
      #expect(example.gold == .unknown ? example.loss.isNaN : example.loss > 0)
    }
  }
}

@Test func `a view has the rows of a query in its order`() throws {
  let table = makeTable(rows)
  func found(_ query: String, _ order: ExampleView.Order = .row, reversed: Bool = false) throws
    -> [Int]
  {
    try table.view(Query(query), order: order, isReversed: reversed).rows
  }
  #expect(try found("") == Array(0..<7))
  #expect(try found("", .row, reversed: true) == Array((0..<7).reversed()))
  #expect(try found("gold!=pred") == [1, 3, 6])
  #expect(try found("gold!=pred", .loss) == [6, 1, 3])
  #expect(try found("gold!=pred", .loss, reversed: true) == [3, 1, 6])
  #expect(try found("text~not p>0.7") == [1])
  #expect(try found("row>=15") == [5, 6])
  #expect(try found("id=r4 or len=0", .len) == [4, 6])
  #expect(try found("", .gold) == [4, 1, 2, 6, 0, 3, 5])
  #expect(try table.view(Query("gold!=pred")).errorCount == 3)
  #expect(try table.view(Query("gold=pred")).errorCount == 0)
}

@Test func `notes and new labels can be asked for`() throws {
  let table = makeTable(rows)
  let annotations = Annotations([
    11: .init(note: "irony", label: "positive"), 13: .init(label: "negative"),
  ])
  func found(_ query: String) throws -> [Int] {
    try table.view(Query(query), annotations: annotations).rows
  }
  #expect(try found("note~iron") == [1])
  #expect(try found("label!=gold") == [1, 3])
  #expect(try found("note=\"\"").count == 6)
}

@Test func `a report adds up what its parts say`() throws {
  let many = (0..<10).flatMap { _ in rows }
  let report = try makeTable(many).report(ownSlices: [try Query("text~not")])
  #expect(report.confusion?.rows == [[10, 20], [10, 20]])
  #expect(report.rows == 70)
  let own = try #require(report.slices.first { $0.name == "text~not" })
  #expect(own.count == 20 && own.errors == 10 && own.lift == 1)
  #expect(report.words.contains { $0.word == "good" && $0.errors == 10 })
  #expect(!report.words.contains { $0.word == "fine" })
  #expect(report.suspects.first.map { $0.index % 7 } == 6)
  #expect(report.calibration.bins.map(\.count).reduce(0, +) == 60)
}

@Test func `a table without labels has no accuracy`() throws {
  let table = makeTable([("a", .unknown, [0, 1])])
  #expect(table.accuracy == nil)
  let report = try table.report()
  #expect(report.suspects.isEmpty && report.words.isEmpty)
}

@Test func `columns give back golds, ids and texts of every kind`() {
  let golds: [Gold] = [.one(3), .unknown, .several([]), .several([0, 2]), .one(0), .several([1])]
  let ids: [String?] = ["a", nil, "", "né", nil, "z"]
  let texts = ["", "x", "né 中", "", "\u{FF}", "end"]
  var chunk = ExampleChunk(classes: 4)
  for (row, gold) in golds.enumerated() {
    chunk.append(
      Example(index: row, line: row, content: .text(texts[row]), gold: gold, id: ids[row]),
      Judgement(logits: [0, 1, 2, 3], gold: gold, link: .sigmoid))
  }
  var table = ExampleTable(classes: ["a", "b", "c", "d"])
  table.append(chunk)
  for row in golds.indices {
    let example = table[row]
    #expect(example.gold == golds[row] && example.id == ids[row] && example.text == texts[row])
    #expect(example.predicted == .several([1, 2, 3]))
  }
}

@Test func `a table knows how long its texts usually are`() {
  func table(_ lengths: [Int]) -> ExampleTable {
    makeTable(lengths.map { (String(repeating: "x", count: $0), .one(0), [1, 0]) })
  }
  #expect(table(Array(repeating: 4, count: 19) + [200]).usualByteCount == 31)
  #expect(table(Array(repeating: 4, count: 18) + [200, 200]).usualByteCount == 223)
  #expect(table([9000]).usualByteCount == 4127)
}
