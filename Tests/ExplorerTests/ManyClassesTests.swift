import Classifiers
import Datasets
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

private func crowded(columns: Int = 120, rows: Int = 36) -> Stage {
  var stage = Stage("some text", columns: columns, rows: rows, isLoaded: false)
  var summary = Lexicon.summary
  summary.classes = (0..<40).map { "class number \($0) with a long name" }
  summary.methods += (0..<20).map {
    .init(card: Lexicon.card("method-\($0)", "method number \($0)", "M\($0)"))
  }
  stage.load(summary)
  var prediction = Lexicon.predict("some text")
  prediction.probabilities = (0..<40).map { Float($0 == 30 ? 22 : 2) / 100 }
  prediction.classIndex = 30
  stage.predict(prediction)
  return stage
}

@Test func `of many classes the most probable ones have bars and the first is explained`() {
  let stage = crowded()
  #expect(stage.state.targetClass == 30)
  #expect(stage.screen.contains("▸ class number…    0.22"))
  #expect(stage.screen.contains("0.22"))
}

@Test func `the list of classes follows the selection to its end`() {
  var stage = crowded()
  stage.press(.tab, .tab, .tab)
  #expect(stage.state.explore.focus == .prediction)
  stage.press(.character("G"))
  stage.press(.enter)
  #expect(stage.state.targetClass == 39)
}

@Test func `unusual classes fit into every size`() {
  for columns in [1, 20, 60, 80, 110, 200] {
    for rows in [1, 16, 24, 30, 36, 60] {
      var stage = crowded(columns: columns, rows: rows)
      for _ in 0..<5 {
        #expect(stage.state.picture.frame.cells.count == columns * rows)
        stage.press(.tab)
        stage.press(.character("G"))
      }
    }
  }
}

@Test func `answers that do not fit the text or the classes are harmless`() {
  var stage = Stage("good film")
  var prediction = Lexicon.predict("good film")
  prediction.probabilities = [.nan]
  prediction.classIndex = 7
  stage.predict(prediction, seconds: .nan)
  #expect(stage.state.picture.frame.cells.count == 120 * 36)
  stage.press(.tab)
  stage.press(.tab)
  stage.answer()
  #expect(stage.state.picture.frame.cells.count == 120 * 36)
}

/// Of a thousand classes, with a row of a data set open whose label is unlikely.
private func labelled(columns: Int = 120, rows: Int = 36) -> Stage {
  var summary = Lexicon.comparable
  summary.classes = (0..<1000).map { "topic \($0)." }
  var stage = Stage("some text", columns: columns, rows: rows, summary: summary)
  stage.scoring(.began(name: "topics.csv"))
  var chunk = ExampleChunk(classes: 1000)
  chunk.append(
    Example(index: 0, line: 2, content: .text("other text"), gold: .one(777)),
    Judgement(
      logits: (0..<1000).map { Float($0 == 30 ? 9 : 0) }, gold: .one(777), link: .softmax))
  stage.scoring(.scored(chunk, RowsProgress(rows: 1)))
  stage.scoring(.ended(RowsProgress(rows: 1)))
  stage.press(.character("2"), .alt)
  stage.answer()
  stage.press(.enter)
  var prediction = Lexicon.predict("other text")
  prediction.probabilities = (0..<1000).map { $0 == 30 ? 0.5 : $0 == 777 ? 0.0001 : 0.0005 }
  prediction.classIndex = 30
  stage.predict(prediction)
  return stage
}

@Test func `of a thousand classes the explained one and the label of the row have bars`() {
  var stage = labelled()
  let bars = { (stage: Stage) in stage.rows.filter { $0.contains("topic ") }.joined() }
  #expect(bars(stage).contains("topic 30.") && bars(stage).contains("topic 777."))
  #expect(stage.rows.contains { $0.contains(" of 1000 ─") })
  stage.press(.character("c"), .alt)
  stage.type("topic 555.")
  stage.press(.enter)
  #expect(stage.state.targetClass == 555)
  #expect(bars(stage).contains("▸ topic 555."))
  #expect(bars(stage).contains("topic 777.") && bars(stage).contains("topic 30."))
}

@Test func `a class is found by typing while one types, and its name is not typed into the text`() {
  var stage = labelled()
  stage.type("i")
  stage.press(.character("c"), .alt)
  stage.type("999")
  stage.press(.enter)
  #expect(stage.state.targetClass == 999 && stage.texts == ["other text"])
}

@Test func `of many classes Compare computes the likeliest, with the label of the row`() {
  var stage = labelled()
  stage.press(.character("3"), .alt)
  stage.forgetLog()
  stage.type("v")
  #expect(stage.screen.contains("Compare 12 of 1,000 classes"))
  stage.answer()
  let classes = Set(stage.asked(Explain.self).map(\.choice.classIndex))
  #expect(classes.count <= 12 && classes.isSuperset(of: [777]))
  #expect(stage.screen.contains("of 12"))
}
