import Classifiers
import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private func explained(_ stage: Stage) -> [Int] {
  stage.asked(ExplainRows.self).flatMap(\.rows)
}

@Test func `each visible row gets its evidence once`() throws {
  var stage = Stage.errors(columns: 200, rows: 36)
  let first = explained(stage)
  #expect(!first.isEmpty && Set(first).count == first.count && first.count < 40)
  #expect(stage.screen.contains("top evidence"))
  let row = try #require(stage.rows.first { $0.contains("▸") })
  #expect(row.contains("+"))
  for _ in 0..<60 {
    stage.type("j")
    stage.answer()
  }
  let all = explained(stage)
  #expect(Set(all).count == all.count && all.count > first.count)
}

@Test(arguments: [(200, 60, true), (160, 40, true), (120, 36, false), (80, 24, false)])
func `the evidence has room only beside half a table of text`(
  columns: Int, rows: Int, hasEvidence: Bool
) {
  #expect(Stage.errors(columns: columns, rows: rows).screen.contains("top evid") == hasEvidence)
}

@Test func `annotators' marks are shown under the text and scored`() throws {
  var stage = Stage.errors()
  stage.type("/text~good")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("people marked 1 passage (^)  plausibility 0.75"))
  let word = try #require(stage.rows.lastIndex { $0.contains("good") })
  let place = try #require(stage.rows[word].firstRange(of: "good"))
  let column = stage.rows[word].distance(
    from: stage.rows[word].startIndex, to: place.lowerBound)
  #expect(stage.rows[word + 1].dropFirst(column).prefix(5) == "^^^^ ")
  // The same is shown on Explore, where the row is opened.
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("plausibility ") && stage.screen.contains("^^^^"))
}

@Test func `without colours the preview has a row of signs`() {
  var stage = Stage("good", colors: .none)
  stage.answer()
  stage.load(Reviews.rows(40))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  #expect(stage.rows.suffix(12).contains { $0.contains("+++") })
}

@Test func `the words of all rows are computed on demand, and lead to their rows`()
  throws
{
  var stage = Stage.errors()
  #expect(stage.asked(ExplainAllRows.self).isEmpty)
  for _ in 0..<3 { stage.type("d") }
  stage.answer()
  #expect(stage.asked(ExplainAllRows.self).count == 1)
  for title in ["Words by mean score", "Words for several classes", "Words behind errors"] {
    #expect(stage.screen.contains(title))
    guard !stage.screen.contains("there is no such word") else {
      stage.type("d")
      stage.answer()
      continue
    }
    var opened = stage
    opened.press(.tab)
    // The first line of the scores is a figure for all rows.
    opened.type("j")
    opened.press(.enter)
    opened.answer()
    #expect(!opened.rows[2].contains("^") && !opened.screen.contains(" 200 of 200 rows"))
    #expect(!opened.screen.contains(" 0 of 200 rows"))
    stage.type("d")
    stage.answer()
  }
}

@Test func `explaining all rows shows its progress, can be stopped and resumed`() {
  var stage = Stage.errors()
  for _ in 0..<3 { stage.type("d") }
  stage.forget()
  stage.words(.began(method: "LEX"))
  stage.words(
    .found(
      [(0, Evidence([.init("early")]))], nil,
      RowsProgress(rows: 50, share: 0.25, rowsPerSecond: 10)))
  #expect(stage.screen.contains("25 %") && stage.screen.contains("15 s left"))
  stage.press(.escape)
  #expect(stage.cancelled == [.words])
  #expect(stage.screen.contains("r resumes"))
  stage.type("r")
  #expect(stage.asked(ExplainAllRows.self).count == 1)
  stage.failWords("no method suits this model")
  #expect(stage.screen.contains("no method suits this model"))
}

@Test func `a second model shows where the two differ and who is right`() throws {
  var stage = Stage.errors()
  stage.type("A")
  #expect(stage.screen.contains("Open a second model for all rows"))
  stage.type("other/model")
  stage.press(.enter)
  #expect(stage.asked(AskSecondModel.self).map(\.argument) == ["other/model"])
  stage.other(.began(name: "rival"))
  let table = try #require(stage.state.examples)
  var answers = OtherAnswers(name: "rival")
  for row in 0..<table.count {
    let said = table[row].predicted
    answers.append(row.isMultiple(of: 10) ? .one(said == .one(0) ? 1 : 0) : said, probability: 0.8)
  }
  let progress = RowsProgress(rows: table.count, share: 1, rowsPerSecond: 100)
  stage.other(.answered(answers, progress))
  stage.other(.ended(progress))
  stage.answer()
  #expect(stage.screen.contains("Two models") && stage.screen.contains("compared with rival"))
  #expect(stage.screen.contains("rival: "))
  #expect(stage.screen.contains("both wrong, different classes"))
  stage.press(.tab)
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("20 of 200 rows") && stage.screen.contains("other!=pred"))
  stage.failOther("other classes", of: "other/model")
  #expect(stage.screen.contains("other classes") && stage.screen.contains("path: other/model"))
}

@Test func `for several classes per text, each class has its own calibration`() throws {
  var summary = Lexicon.summary
  summary.link = .sigmoid
  var stage = Stage("good", summary: summary)
  stage.answer()
  stage.scoring(.began(name: "tags.csv"))
  var chunk = ExampleChunk(classes: 2)
  for row in 0..<50 {
    let gold = Gold.several(row.isMultiple(of: 3) ? [0, 1] : [1])
    chunk.append(
      Example(index: row, line: row + 2, content: .text("row \(row)"), gold: gold),
      Judgement(logits: [Float(row % 5) - 2, 1], gold: gold, link: .sigmoid))
  }
  stage.scoring(.scored(chunk, RowsProgress(rows: 50)))
  stage.scoring(.ended(RowsProgress(rows: 50)))
  stage.press(.escape)
  stage.type("2")
  stage.press(.tab)
  stage.press(.tab)
  stage.answer()
  #expect(stage.screen.contains("Calibration") && stage.screen.contains("class "))
  let closed = stage.screen
  stage.press(.enter)
  #expect(stage.screen.contains(" to 1.00") || stage.screen.contains(" to 0."))
  // The bins have no query; the next class opens its own.
  stage.type("j")
  stage.press(.enter)
  #expect(stage.screen.contains("no filter can show these rows"))
  stage.type("k")
  stage.press(.enter)
  #expect(
    stage.screen.split(separator: "\n").dropLast(2) == closed.split(separator: "\n").dropLast(2))
}

@Test func `confident errors and uncertain hits have a line each`() throws {
  var stage = Stage.errors()
  stage.type("DD")
  stage.press(.tab)
  stage.press(.end)
  let line = try #require(stage.rows.first { $0.contains("right but unsure") })
  #expect(line.contains("p < 0.5"))
  stage.press(.up)
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("gold!=pred p>0.9"))
}
