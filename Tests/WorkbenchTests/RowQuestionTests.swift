import Attribution
import Classifiers
import Datasets
import Foundation
import TestSupport
import Testing
import Tokenizers
import Workbench

@Test func `rows are scored to the end, and what was written of them comes back`() throws {
  var bench = Bench()
  let note = Annotations.Entry(note: "odd")
  bench.written = [ContentHash(text: "text number 4"): note]
  let (progress, answer) = try ScoreRows().run(in: bench.lab(Rows(300)))
  guard case .began("rows.csv", "/data/rows.csv", ["--text-column", "text"])? = progress.first
  else {
    Issue.record("\(progress)")
    return
  }
  var table = ExampleTable(classes: bench.model.classifier.classes)
  var noted = Annotations()
  for part in progress {
    switch part {
    case .scored(let chunk, let progress):
      table.append(chunk)
      #expect(progress.rowsPerSecond > 0)
    case .noted(let annotations): noted.entries.merge(annotations.entries) { $1 }
    case .began, .ended: break
    }
  }
  #expect(table.count == 299 && noted.entries == [4: note])
  #expect(table.probabilities(ofRow: 0) == (try bench.model.predict("text number 0")).probabilities)
  guard case .ended(let done) = answer else {
    Issue.record("\(answer)")
    return
  }
  #expect((done.rows, done.badRows) == (299, 1) && done.share == 299.0 / 300)
}

@Test func `a model of numbers says how far off it is on each row`() throws {
  let numbers = Bench(model: .tiny(TinyClassifier(classes: 1, link: .identity)))
  var rows = Rows(0)
  rows.isOfNumbers = true
  rows.text = "text,label\na good film,0.5\na dull one,-2\n"
  var table = ExampleTable(classes: numbers.model.classifier.classes)
  for case .scored(let chunk, _) in try ScoreRows().run(in: numbers.lab(rows)).progress {
    table.append(chunk)
  }
  #expect(table.count == 2 && table.hasNumbers && table.accuracy == nil)
  let said = try numbers.model.predict("a dull one").logits
  #expect(table[1].numbers == .init(right: [-2], said: said))
  #expect(abs(Double(table[1].loss) - abs(-2 - Double(said[0]))) < 1e-6)
  // a preview has the words of the answer
  let explained = try ExplainRows([1], of: table).run(in: numbers.lab(rows)).answer
  #expect(explained.first?.scores.words.isEmpty == false)
}

@Test func `rows that nobody opened are not scored`() {
  #expect(throws: QuestionError.noExamples) { _ = try ScoreRows().run(in: Bench().lab()) }
}

@Test func `rows are counted before they are scored, but not those of a pipe`() throws {
  var rows = Rows(30)
  #expect(try CountRows().run(in: Bench().lab(rows)).answer == 29)
  rows.canBeReadAgain = false
  #expect(try CountRows().run(in: Bench().lab(rows)).answer == nil)
}

@Test func `a view is what the table says, and no view what is no query`() throws {
  let table = try Rows.table(30)
  var view = ViewRows.View(
    query: "gold:0", order: .row, isReversed: true, annotations: Annotations(), rows: table.count)
  view.query = "gold=\"class 0\""
  let answer = try ViewRows(view, of: table).run(in: Bench.empty).answer
  #expect(answer == (try table.view(try Query(view.query), order: .row, isReversed: true)))
  #expect(answer.rows.count == 10)
  view.query = "gold=("
  #expect(throws: QueryError.self) { _ = try ViewRows(view, of: table).run(in: Bench.empty) }
}

@Test func `a report has the slices that can be read`() throws {
  let table = try Rows.table(30)
  let asked = ReportRows.Report(rows: table.count, ownSlices: ["gold=(", "number"])
  let answer = try ReportRows(asked, of: table).run(in: Bench.empty).answer
  let expected = try table.report(ownSlices: [try Query("number")])
  #expect(answer.slices.map(\.name) == expected.slices.map(\.name))
}

@Test func `a row that is read in windows says which`() throws {
  var options = OpeningOptions()
  options.reading.windows = WindowReading(tokens: 4)
  let model = try ModelOpener(embedded: []).open(
    fixture("parity/transformers/bert").path, with: options)
  let table = try Rows.table(30)
  let question = ExplainRows([7], of: table)
  let windows = try #require(
    try question.run(in: Bench(model: model).lab()).answer.first?.windows)
  #expect(windows == model.windows(of: model.tokenizer.encode(table.text(ofRow: 7))))
  #expect(windows.size == 4 && windows.tokens.count > 1)
  #expect(try question.run(in: Bench().lab()).answer.first?.windows == nil)
}

@Test func `rows are explained a few at a time, the first ones first`() throws {
  let table = try Rows.table(30)
  let (progress, answer) = try ExplainRows([7, 3, 4, 5, 6, 900, 2], of: table).run(
    in: Bench().lab())
  #expect(progress.map { $0.map(\.row) } == [[7, 3, 4, 5]])
  #expect(answer.map(\.row) == [6, 2])
  #expect(try ExplainRows([], of: table).run(in: Bench().lab()).answer.isEmpty)
  let words = try #require(progress.first?.first).scores.words
  #expect(words.map(\.utf8Range) == [0..<4, 5..<11, 12..<13])
}

@Test func `a row's answer is set against another class`() throws {
  let table = try Rows.table(30)
  let alone = try ExplainRows([4], of: table).run(in: Bench().lab()).answer[0]
  let versus = (table.explainedClass(4) + 1) % 3
  let answer = try ContrastRow(ContrastedRow(row: 4, versus: versus), of: table)
    .run(in: Bench().lab()).answer
  #expect(answer.row == 4 && answer.scores.words.count == alone.scores.words.count)
  #expect(answer.scores != alone.scores)
}

@Test func `all rows together have as much evidence as each alone`() throws {
  let table = try Rows.table(70)
  let (progress, answer) = try ExplainAllRows(of: table).run(in: Bench().lab())
  var found: [Int] = []
  var report: WordReport?
  for case .found(let rows, let sum, _) in progress {
    found += rows.map(\.row)
    report = sum ?? report
  }
  #expect(found == Array(0..<69) && report != nil)
  guard case .began("input x gradient")? = progress.first, case .ended(let done) = answer else {
    Issue.record("\(progress) \(answer)")
    return
  }
  #expect(done.rows == 69 && done.share == 1)
}

@Test func `a second model answers all rows in the classes of the first`() throws {
  let table = try Rows.table(50)
  let bench = Bench(opening: { _, _ in .tiny(TinyClassifier(seed: 2)) })
  let (progress, answer) = try AskSecondModel("other", of: table).run(in: bench.lab())
  var answers = OtherAnswers(name: "tiny")
  for case .answered(let some, _) in progress { answers.append(contentsOf: some) }
  #expect(answers.count == 49)
  let second = Model.tiny(TinyClassifier(seed: 2))
  #expect(answers.answer(3) == .one(try second.predict(table.text(ofRow: 3)).classIndex))
  guard case .ended(let done) = answer else {
    Issue.record("\(answer)")
    return
  }
  #expect(done.rows == 49)
}

@Test func `a second model that knows other classes is refused with the facts`() throws {
  let table = try Rows.table(5)
  let fewer = Bench(opening: { _, _ in .tiny(TinyClassifier(classes: 2)) })
  #expect(
    throws: ClassMatchError.otherClasses(
      second: "tiny", ["class 0", "class 1"], first: "tiny", ["class 0", "class 1", "class 2"])
  ) { _ = try AskSecondModel("other", of: table).run(in: fewer.lab()) }
  #expect(throws: CheckpointMissing.self) {
    let missing = Bench(opening: { _, _ in throw CheckpointMissing() })
    _ = try AskSecondModel("other", of: table).run(in: missing.lab())
  }
}

@Test func `a second model whose classes can't be told apart is asked about`() throws {
  let table = try Rows.table(5)
  var (first, second) = (TinyClassifier(), TinyClassifier())
  first.classes = ["sour", "salty", "sweet"]
  second.classes = ["red", "green", "blue"]
  let bench = Bench(model: .tiny(first), opening: { [second] _, _ in .tiny(second) })
  let answer = try AskSecondModel("other", of: table).run(in: bench.lab()).answer
  guard case .unmatched("tiny", ["red", "green", "blue"]) = answer else {
    Issue.record("\(answer)")
    return
  }
  let map = ["red": "salty", "green": "sour", "blue": "sweet"]
  guard
    case .ended = try AskSecondModel("other", classMap: map, of: table).run(in: bench.lab()).answer
  else {
    Issue.record("the user's own map does not help")
    return
  }
}

private struct CheckpointMissing: Error {}
