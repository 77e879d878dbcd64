import Classifiers
import Datasets
import Testing

private func scores(_ text: String, _ values: [Float], classIndex: Int = 1) -> WordScores {
  var words: [WordScores.Word] = []
  var start = 0
  for (word, value) in zip(text.split(separator: " "), values) {
    words.append(.init(utf8Range: start..<start + word.utf8.count, score: value))
    start += word.utf8.count + 1
  }
  return WordScores(classIndex: classIndex, words: words)
}

@Test func `evidence is what speaks for the answer, then what speaks against it`() {
  let text = "Good, film not bad !"
  #expect(Evidence(scores(text, [2, 0, -1, 0.5, 1]), text: text).text == "good+ !+ bad+")
  #expect(Evidence(scores(text, [2, 0, -1, -3, 0]), text: text).text == "good+ bad- not-")
  #expect(Evidence(scores(text, [0, 0, 0, 0, 0]), text: text).text.isEmpty)
  let twice = "no No yes"
  #expect(Evidence(scores(twice, [1, 1, 1.5]), text: twice).text == "no+ yes+")
  let broken = "a b"
  #expect(Evidence(scores(broken, [.nan, 1]), text: broken).text == "b+")
}

@Test func `a column of evidence gives back what it was given, and nothing for other rows`() {
  var column = EvidenceColumn()
  #expect(column[0] == nil && column[-1] == nil)
  let evidence = Evidence([.init("a"), .init("b", isFor: false)])
  column.set(evidence, row: 5)
  column.set(Evidence([]), row: 2)
  #expect(column[5] == evidence && column[2] == Evidence([]))
  #expect(column[4] == nil && column[6] == nil)
  column.set(Evidence([.init("b")]), row: 5)
  #expect(column[5] == Evidence([.init("b")]))
}

@Test func `words add up by class, and those behind errors are counted`() throws {
  var tally = WordTally()
  for _ in 0..<3 {
    tally.add(scores("fine but", [2, 0.5]), text: "fine but", isError: false)
    tally.add(
      scores("dull but", [3, 1], classIndex: 0), text: "dull but", isError: true)
  }
  tally.add(scores("rare", [9]), text: "rare", isError: true)
  let report = tally.report(atLeast: 2)
  #expect(report.rows == 7)
  #expect(report.strongest.map(\.word) == ["dull", "fine", "but"])
  let but = try #require(report.twoSided.first)
  #expect(report.twoSided.count == 1 && but.word == "but" && but.count == 6)
  #expect(but.classes.map(\.classIndex) == [0, 1] && but.classes.map(\.mean) == [1, 0.5])
  #expect(report.behindErrors.map(\.word) == ["dull", "but", "rare"])
  #expect(report.behindErrors.map(\.errorCount) == [3, 3, 1])
  #expect(report.plausibility == nil)
}

@Test func `a query finds rows by their evidence and by a second model's answer`() throws {
  var table = ExampleTable(classes: ["a", "b"])
  var chunk = ExampleChunk(classes: 2)
  for row in 0..<4 {
    chunk.append(
      Example(index: row, line: row, content: .text("t\(row)"), gold: .one(row % 2)),
      Judgement(logits: [0, 1], gold: .one(row % 2), link: .softmax))
  }
  table.append(chunk)
  func found(_ query: String) throws -> [Int] { try table.view(Query(query)).rows }
  #expect(try found("evidence~x").isEmpty && found("other!=pred").isEmpty)
  table.evidence.set(Evidence([.init("profit"), .init("share", isFor: false)]), row: 2)
  #expect(try found("evidence~\" share \"") == [2] && found("evidence~\" shar \"").isEmpty)
  var other = OtherAnswers(name: "second")
  for answer in [1, 0, 0] { other.append(.one(answer), probability: 0.7) }
  table.other = other
  #expect(try found("other!=pred") == [1, 2] && found("gold=other gold!=pred") == [2])
  #expect(try found("other=b") == [0])
  let report = try table.report(ownSlices: [Query("other!=pred")])
  #expect(report.agreement?.rows == 3 && report.agreement?.onlySecondRight == 1)
  #expect(report.agreement?.onlyFirstRight == 1 && report.agreement?.bothWrongAlike == 1)
  #expect(try Query("gold!=other").asks(.other) && !Query("gold!=pred").asks(.other))
  #expect(try Query("not (p>1 or evidence~x)").asks(.evidence))
}
