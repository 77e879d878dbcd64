import Classifiers
import Datasets
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

/// Errors of a model that answers with numbers: the similarity of two texts, or a score for a
/// query.
@Suite struct NumberRowsTests {
  private func stage(columns: Int = 120, rows: Int = 36) -> Stage {
    let pairs: [(String, String, Double?, Float)] = [
      ("a brilliant film", "it was dull", 0.25, 0.5), ("good acting", "good score", 1, 0.875),
      ("never seen", "not good", nil, 0.125),
    ]
    var summary = Lexicon.summary
    (summary.classes, summary.link) = (["similarity"], .identity)
    var stage = Stage("dull", columns: columns, rows: rows, isLoaded: false)
    stage.load(summary)
    stage.answer()
    var chunk = ExampleChunk(classes: 1)
    for (index, pair) in pairs.enumerated() {
      chunk.append(
        Example(
          index: index, line: index + 2, content: TextRecord.Content(text: pair.0, pair: pair.1),
          gold: .unknown, values: pair.2.map { [$0] }),
        Judgement(logits: [pair.3], gold: .unknown, link: .identity))
    }
    stage.scoring(.began(name: "pairs.csv"))
    let progress = RowsProgress(rows: 3, share: 1, rowsPerSecond: 100)
    stage.scoring(.scored(chunk, progress))
    stage.scoring(.ended(progress))
    stage.answer()
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    return stage
  }

  @Test func `the largest difference comes first, with both numbers and its texts`() throws {
    let stage = stage()
    let first = try #require(stage.rows.first { $0.contains("a brilliant film | it was dull") })
    #expect(first.contains("0.250") && first.contains("0.500") && first.contains("0.25 "))
    #expect(stage.screen.contains("sort absolute error") && stage.screen.contains("error"))
    #expect(stage.screen.contains("gold 0.250 · pred 0.500"))
    #expect(stage.screen.contains("why this value?"))
  }

  @Test func `instead of a matrix, the size of the differences is shown`() {
    var stage = stage()
    #expect(stage.screen.contains("Size of the errors") && !stage.screen.contains("Confusion"))
    #expect(stage.screen.contains("similarity: mean absolute error 0.188"))
    #expect(stage.screen.contains("MAE 0.188"))
    // A list that counts classes says that there are none.
    stage.type("d")
    stage.answer()
    #expect(stage.screen.contains("This table counts classes, and this"))
  }

  @Test func `a row opens in Explore, and commands about classes are refused`() {
    var stage = stage()
    stage.type("L")
    #expect(stage.screen.contains("this model predicts numbers and has no classes to label with"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.texts == ["a brilliant film", "it was dull"])
    #expect(stage.screen.contains("gold 0.250"))
  }

  @Test(arguments: [(80, 24), (60, 16)]) func `smaller windows have them too`(
    columns: Int, rows: Int
  ) {
    let stage = stage(columns: columns, rows: rows)
    #expect(stage.screen.contains("0.500"))
  }
}
