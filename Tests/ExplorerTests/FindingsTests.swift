import Attribution
import Classifiers
import Explorer
import TerminalUI
import TestSupport
import Testing
import Tokenizers
import Workbench

private let example = "a brilliant film but painfully dull"

private func stage(
  _ text: String = example, columns: Int = 120, rows: Int = 36,
  colors: TerminalAbilities.Colors = .indexed256, isPlain: Bool = false
) -> Stage {
  var stage = Stage(text, columns: columns, rows: rows, isPlain: isPlain, colors: colors)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.answer()
  return stage
}

private func problem(_ stage: Stage, _ name: String) -> String? {
  snapshotProblem(stage.state.picture.frame, name, showsAttributes: true)
}

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `the trajectory is drawn under the words, and where the decision fell`(
  columns: Int, rows: Int
) {
  var stage = stage(columns: columns, rows: rows)
  stage.type("d")
  stage.answer()
  // The text is positive from the second word on, until `painfully` changes that.
  #expect(stage.screen.contains("decided at painfully, 5 of 6"))
  #expect(problem(stage, "trajectory-\(columns)x\(rows)") == nil)
  stage.press(.end)
  stage.answer()
  #expect(stage.screen.contains("after dull, word 6 of 6"))
  stage.type("d")
  #expect(stage.state.explore.focus == .heatmap)
  #expect(!stage.screen.contains("decided at"))
}

@Test(arguments: [(120, 36), (80, 24)])
func `flips are listed, tried with enter and undone`(columns: Int, rows: Int) {
  var stage = stage("a brilliant film but dull", columns: columns, rows: rows)
  stage.type("f")
  #expect(stage.screen.contains("searching"))
  stage.answer()
  #expect(stage.screen.contains("without dull"))
  #expect(stage.screen.contains("flips to positive"))
  #expect(problem(stage, "flips-\(columns)x\(rows)") == nil)
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.experiment.off == [21..<25])
  #expect(stage.state.predictions.latest?.prediction.classIndex == 1)
  stage.press(.character("u"))
  stage.answer()
  #expect(stage.state.document.experiment.isEmpty)
  #expect(stage.state.predictions.latest?.prediction.classIndex == 0)
}

@Test func `typing cancels a search, which starts again`() {
  var stage = stage()
  stage.type("f")
  #expect(stage.screen.contains("searching"))
  #expect(stage.asked(FindFlips.self).count == 1)
  stage.type("i")
  stage.forgetLog()
  stage.type("!")
  // Only the new text is asked about at first.
  #expect(stage.asked(Predict.self).map(\.lane) == [.prediction])
  #expect(stage.asked(Predict.self).last?.displaces.contains(.whatIf) == true)
  #expect(stage.asked(FindFlips.self).isEmpty && !stage.state.asked.isOpen(.whatIf))
  stage.answer()
  #expect(stage.screen.contains("flips to positive"))
}

@Test func `an answer to an older question is not shown`() throws {
  var stage = stage()
  stage.type("f")
  let old = try #require(stage.state.asked.ticket(in: .whatIf))
  stage.answer()
  stage.type("n")
  let before = stage.state.picture.frame
  stage.send(.answer(old, FlipFinder.Result()))
  #expect(stage.state.picture.frame == before)
}

@Test func `control c cancels a search, and r goes on with it`() {
  var stage = stage()
  stage.type("n")
  stage.control("c")
  #expect(stage.cancelled == [.whatIf])
  #expect(stage.screen.contains("cancelled"))
  stage.type("r")
  stage.answer()
  #expect(stage.screen.contains("tried"))
  #expect(!stage.screen.contains("cancelled"))
}

@Test(arguments: [(120, 36), (80, 24)])
func `a phrase is begun with a key, extended and measured`(columns: Int, rows: Int) {
  var stage = stage(columns: columns, rows: rows)
  for _ in 0..<4 { stage.press(.right) }
  stage.type("V")
  stage.press(.right)
  #expect(stage.screen.contains("start a phrase") == false)
  stage.type("V")
  stage.answer()
  #expect(stage.screen.contains("painfully dull"))
  #expect(stage.screen.contains("if removed"))
  #expect(stage.screen.contains("exact, all 16 sets"))
  stage.press(.home)
  stage.press(.right)
  stage.press(.right, .shift)
  stage.answer()
  stage.type("P")
  #expect(stage.screen.contains("A  brilliant film"))
  #expect(stage.screen.contains("B  painfully dull"))
  #expect(problem(stage, "phrase-\(columns)x\(rows)") == nil)
}

@Test func `a phrase is drawn with the mouse`() throws {
  var stage = stage()
  let from = try #require(stage.position(of: "│ a brilliant"))
  let line = Position(column: from.column + 2, row: from.row)
  // In the map, the selected word is in brackets.
  let map = try #require(stage.rows.firstIndex { $0.contains("[a]brilliant film") })
  stage.click(column: line.column + 2, row: map)
  stage.click(column: line.column + 14, row: map, .drag)
  stage.click(column: line.column + 14, row: map, .release)
  stage.answer()
  #expect(stage.screen.contains("A  brilliant film"))
}

@Test func `an edit of its words ends a phrase, an edit elsewhere does not`() {
  var stage = stage()
  stage.type("V")
  stage.press(.right)
  stage.type("V")
  stage.answer()
  stage.type("i")
  stage.press(.end)
  stage.type(" indeed")
  stage.answer()
  #expect(stage.screen.contains("A  a brilliant"))
  stage.press(.home)
  stage.type("x")
  stage.answer()
  #expect(!stage.screen.contains("A  a brilliant"))
}

@Test(arguments: [(120, 36), (80, 24)])
func `the tokenizer's steps are shown to the pieces and ids`(columns: Int, rows: Int) {
  var stage = stage("A Brilliant film", columns: columns, rows: rows)
  stage.type("z")
  stage.answer()
  #expect(stage.screen.contains("lowercase"))
  #expect(stage.screen.contains("no change          rm_useless_spaces"))
  #expect(problem(stage, "xray-\(columns)x\(rows)") == nil)
  for _ in 0..<10 { stage.press(.down) }
  #expect(stage.screen.contains("film?"))
  #expect(stage.screen.contains("not in the vocabulary"))
}

@Test func `a long text takes one line of the tokenizer's steps`() throws {
  let text = Array(repeating: "A Brilliant film.", count: 20).joined(separator: " ")
  var stage = stage(text, columns: 80, rows: 100)
  stage.type("z")
  stage.answer()
  let typed = try #require(stage.rows.firstIndex { $0.contains(" typed  ") })
  #expect(stage.rows[typed].contains("…"))
  #expect(stage.rows[typed + 1].contains(" lowercase  "))
}

@Test(arguments: [(120, 36), (80, 24)])
func `small changes are listed, those that flip first`(columns: Int, rows: Int) {
  var stage = stage("a brilliant film but dull", columns: columns, rows: rows)
  stage.type("n")
  stage.answer()
  #expect(stage.screen.contains("dull → dlul"))
  #expect(stage.screen.contains("flips to positive"))
  #expect(problem(stage, "typos-\(columns)x\(rows)") == nil)
  stage.press(.down)
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.experiment.swaps.map(\.original) == ["dull"])
  #expect(stage.state.predictions.latest?.prediction.classIndex == 1)
}

@Test func `deleted punctuation marks are joined by a word, not by another mark`() {
  var stage = stage(", .")
  stage.type("n")
  stage.answer()
  #expect(stage.screen.contains("without ,  ") && stage.screen.contains("without , and ."))
}

@Test func `the history goes back and forth, enter restores a text and escape returns`() {
  var stage = stage("good")
  stage.type("i")
  stage.press(.end)
  stage.type(" film")
  stage.answer()
  stage.type(" never")
  stage.answer()
  stage.press(.escape)
  stage.type("H")
  #expect(stage.screen.contains("step 3 of 3"))
  let present = stage.state.picture.frame
  stage.press(.up)
  #expect(stage.screen.contains("an older text"))
  #expect(stage.paint(of: "good") == [.heat(5)])
  #expect(!(stage.rows[2].contains("never")))
  #expect(problem(stage, "history-120x36") == nil)
  stage.type(" ")
  #expect(stage.state.document.experiment.isEmpty)
  stage.press(.escape)
  stage.send(.notice(""))
  #expect(stage.rows[2].contains("good film never"))
  #expect(stage.state.explore.focus == .findings)
  stage.press(.up)
  stage.press(.up)
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.editor.text == "good")
  stage.press(.character("u"))
  stage.answer()
  #expect(stage.state.document.editor.text == "good film never")
  #expect(present.size == stage.state.picture.frame.size)
}

@Test(arguments: [(120, 36), (80, 24)])
func `a kept text is shown beside the one that is typed`(columns: Int, rows: Int) {
  var stage = stage("a brilliant film", columns: columns, rows: rows)
  stage.type("A")
  stage.type("i")
  stage.press(.end)
  stage.type(" but dull")
  stage.answer()
  #expect(stage.screen.contains("A  positive; negative 0.14"))
  #expect(stage.screen.contains("B  negative 0.77 (+0.63)"))
  #expect(problem(stage, "pair-\(columns)x\(rows)") == nil)
  // With another explainer, both maps change.
  stage.control("x")
  stage.answer()
  #expect(
    stage.asked(ExplainText.self).contains {
      $0.text.text == "a brilliant film" && $0.choice.method == "occlusion"
    })
}

@Test func `brackets go through the pages, escape closes the pane`() {
  var stage = stage()
  for page in Finding.allCases {
    stage.type("]")
    stage.answer()
    #expect(stage.state.explore.focus == .findings, "\(page)")
  }
  stage.type("[")
  stage.answer()
  #expect(stage.state.explore.focus == .findings)
  stage.press(.escape)
  #expect(stage.state.explore.focus == .heatmap)
  #expect(stage.screen.contains("p without"))
}

@Test(arguments: ["", "good", " ", "中文 film 👍🏽 \u{202E}"])
func `every page handles odd texts, at every size and without colours`(text: String) {
  for isPlain in [false, true] {
    var stage = stage(text, colors: isPlain ? .none : .indexed256, isPlain: isPlain)
    for _ in Finding.allCases {
      stage.type("]")
      for (columns, rows) in [(200, 60), (120, 36), (80, 24), (60, 16), (61, 17), (40, 10)] {
        stage.send(.terminal(.resize(Size(columns: columns, rows: rows))))
        stage.answer()
        for key in [Key.Code.down, .up, .end, .home, .pageDown] { stage.press(Key(key)) }
        stage.answer()
        #expect(stage.state.picture.frame.cells.count == columns * rows)
        if isPlain, text.utf8.count < 8 {
          #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
        }
      }
      stage.send(.terminal(.resize(Size(columns: 120, rows: 36))))
      stage.press(.escape)
      stage.press(.escape)
      stage.answer()
    }
    #expect(stage.state.document.editor.text == text)
  }
}

@Test func `multi-label models and regressions have pages too`() {
  for link in [OutputLink.sigmoid, .identity] {
    var summary = Lexicon.summary
    summary.link = link
    if link == .identity { summary.classes = ["score"] }
    var stage = Stage(example, summary: summary)
    stage.answer()
    stage.press(.escape)
    for _ in Finding.allCases {
      stage.type("]")
      stage.answer()
      #expect(stage.state.picture.frame.cells.count == 120 * 36)
    }
  }
}

@Test func `moving the cursor does not restart a search`() {
  var stage = stage(String(repeating: example + " ", count: 5))
  stage.type("f")
  stage.forgetLog()
  stage.press(.tab, .shift)
  // The selection moves to `film`, which the table did not list.
  for _ in 0..<2 { stage.press(.right) }
  #expect(stage.asked(FindFlips.self).isEmpty && !stage.cancelled.contains(.whatIf))
  #expect(!stage.asked(RemoveWords.self).isEmpty)
}

@Test func `without a model the pages say so`() {
  var stage = Stage("good", isLoaded: false)
  stage.press(.escape)
  stage.type("f")
  #expect(stage.screen.contains("waiting for the model"))
  stage.refuseModel("no such file")
  #expect(stage.screen.contains("no model is open"))
}

@Test func `a text that is too long is not searched through`() {
  var stage = Stage(String(repeating: "good ", count: 4200))
  stage.answer()
  stage.press(.escape)
  stage.type("n")
  stage.answer()
  #expect(stage.screen.contains("more than 4,096 tokens"))
}

@Test func `another model discards the results of the previous one`() {
  var stage = stage()
  stage.type("H")
  #expect(stage.screen.contains("step 1 of 1"))
  stage.type("A")
  var other = Lexicon.summary
  other.name = "other"
  stage.load(other)
  #expect(stage.screen.contains("keeps the present text as A"))
  stage.answer()
  stage.type("H")
  // The text is kept, its results are not.
  #expect(stage.screen.contains("step 2 of 2") && stage.screen.contains("1    earlier "))
}
