import Classifiers
import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Tokenizers
import Workbench

/// Rows of two texts on Errors and Compare.
@Suite struct PairRowsTests {
  private func stage(
    columns: Int = 120, rows: Int = 36, named names: ColumnNames = ColumnNames()
  ) -> Stage {
    let pairs = [
      ("a brilliant film", "it was dull"), ("a brilliant film", "gorgeous music"),
      ("never seen", "not good"),
    ]
    var stage = Stage("good", columns: columns, rows: rows)
    stage.answer()
    var chunk = ExampleChunk(classes: 2)
    for (index, pair) in pairs.enumerated() {
      let texts = JoinedTexts(text: pair.0, pair: pair.1)
      let sum = Lexicon.scores(Lexicon.encode(texts)).reduce(0, +)
      chunk.append(
        Example(
          index: index, line: index + 2, content: TextRecord.Content(text: pair.0, pair: pair.1),
          gold: .one(0)), Judgement(logits: [0, sum], gold: .one(0), link: .softmax))
    }
    stage.scoring(.began(name: "pairs.csv"))
    var progress = RowsProgress(rows: 3, share: 1, rowsPerSecond: 100)
    progress.columns = names
    stage.scoring(.scored(chunk, progress))
    stage.scoring(.ended(progress))
    stage.answer()
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    return stage
  }

  @Test func `the table and the preview show both texts`() {
    let stage = stage()
    #expect(stage.screen.contains("a brilliant film | gorgeous music"))
    #expect(stage.rows.contains { $0.contains("Ba") || $0.contains("B") })
    #expect(snapshotProblem(stage.state.picture.frame, "errors-pairs-120x36") == nil)
  }

  @Test func `texts are named after the columns of the data set`() {
    let names = ColumnNames(text: "question", pair: "answer")
    var stage = stage(named: names)
    #expect(stage.screen.contains("A question, B answer"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.screen.contains("A · question") && stage.screen.contains("B · answer"))
    stage = self.stage(
      named: ColumnNames(text: "question", pair: "answer_of_a_really_very_long_name"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.screen.contains("B · answer_of") && !stage.screen.contains("very_long"))
    // Without a second column, they have the model's names, or none.
    var other = self.stage(named: ColumnNames(text: "review"))
    #expect(!other.screen.contains("A review"))
    other.press(.enter)
    other.answer()
    #expect(other.screen.contains("Text A"))
  }

  @Test func `a row opens with both texts, and undo restores the earlier ones`() {
    var stage = stage()
    stage.press(.enter)
    stage.answer()
    #expect(stage.texts == ["a brilliant film", "gorgeous music"])
    #expect(stage.screen.contains("gold negative"))
    stage.press(.escape)
    stage.type("1")
    stage.type("u")
    #expect(stage.texts.first == "good")
  }

  @Test func `candidates of the same first text come from the rows`() {
    var stage = stage()
    stage.press(.enter)
    stage.answer()
    stage.type("C")
    #expect(stage.screen.contains("it was dull"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.session.candidates == ["it was dull", "gorgeous music"])
  }

  @Test func `the preview shows where the windows begin in which a row was read`() throws {
    var stage = stage()
    #expect(
      stage.screen.contains("gorgeous music") && !stage.screen.contains("where a window begins"))
    let table = try #require(stage.state.examples)
    var explained = Reviews.explained(1, of: table)
    explained.windows = TextWindows(
      size: 8, pooling: .max, part: 1, tokens: [4..<6, 5..<7], utf8Ranges: [0..<8, 9..<14])
    stage.deliver([explained], about: ExplainRows([1], of: table), isFinal: true)
    #expect(stage.screen.contains("gorgeous┆music"))
    #expect(stage.screen.contains("the second text is read in 2 windows"))
  }

  @Test func `Compare says which text a word belongs to`() {
    var stage = Stage("good", pair: "dull")
    stage.answer()
    stage.press(.escape)
    stage.type("3")
    stage.answer()
    #expect(stage.screen.contains("A good") && stage.screen.contains("B dull"))
  }
}
