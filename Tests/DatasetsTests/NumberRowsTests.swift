import Classifiers
import Datasets
import Testing

/// Rows of a model that answers with numbers.
@Suite struct NumberRowsTests {
  private func table(_ rows: [(right: [Double]?, said: [Float])]) -> ExampleTable {
    let outputs = rows.first?.said.count ?? 1
    var chunk = ExampleChunk(classes: outputs)
    for (index, row) in rows.enumerated() {
      let example = Example(
        index: index, line: index + 2, content: .text("text \(index)"), gold: .unknown,
        values: row.right)
      chunk.append(example, Judgement(logits: row.said, gold: .unknown, link: .identity))
    }
    var table = ExampleTable(classes: (0..<outputs).map { "output \($0)" })
    table.append(chunk)
    return table
  }

  @Test func `a row is as far off as the mean of its outputs`() {
    let table = table([([1, 4], [2, 1]), (nil, [0.5, 0.25])])
    #expect(table.hasNumbers && table.labelledCount == 0 && table.errorCount == 0)
    #expect(table[0].loss == 2 && table[0].numbers == .init(right: [1, 4], said: [2, 1]))
    #expect(table[1].loss.isNaN && table[1].numbers == .init(right: nil, said: [0.5, 0.25]))
    #expect(!table[0].isError && table[0].gold == .unknown)
  }

  @Test func `rows are sorted by how far off they are, and by either number`() throws {
    let table = table([([1], [1.5]), ([0], [3]), (nil, [2]), ([5], [4])])
    #expect(try table.view(Query(""), order: .loss).rows == [1, 3, 0, 2])
    #expect(try table.view(Query(""), order: .pred).rows == [0, 2, 1, 3])
    // what nobody said comes first where small numbers do
    #expect(try table.view(Query(""), order: .gold).rows == [2, 1, 0, 3])
    #expect(try table.view(Query("loss>0.9"), order: .row).rows == [1, 3])
    #expect(try table.view(Query("p<2"), order: .row).rows == [0])
  }

  @Test func `they add up to the scores of a regression`() throws {
    let report = try table([([1], [1.5]), ([0], [3]), (nil, [2]), ([5], [4])]).report()
    let scores = try #require(report.numbers.first)
    #expect(report.numbers.count == 1 && scores.name == "output 0")
    #expect(scores.meanAbsoluteError == 1.5)
    #expect(report.slices.isEmpty && report.suspects.isEmpty)
    // Classes have none.
    var chunk = ExampleChunk(classes: 2)
    chunk.append(
      Example(index: 0, line: 2, content: .text("a"), gold: .one(0)),
      Judgement(logits: [1, 0], gold: .one(0), link: .softmax))
    var classes = ExampleTable(classes: ["a", "b"])
    classes.append(chunk)
    #expect(!classes.hasNumbers && classes[0].numbers == nil)
    #expect(try classes.report().numbers.isEmpty)
  }
}
