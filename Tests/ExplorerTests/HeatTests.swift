import Attribution
import Classifiers
import Explorer
import Reports
import TerminalUI
import Testing
import Tokenizers
import Workbench

@Test func `ranges survive an edit elsewhere, and are dropped when their word is edited`() {
  let carried = CarriedRanges(from: "one two three", to: "one twos three")
  #expect(carried.range(0..<3) == 0..<3)
  #expect(carried.range(4..<7) == nil)
  #expect(carried.range(8..<13) == 9..<14)
}

@Test func `a word next to an insertion survives if white space separates them`() {
  let appended = CarriedRanges(from: "a film", to: "a film but")
  #expect(appended.range(2..<6) == 2..<6)
  let glued = CarriedRanges(from: "a film", to: "a films")
  #expect(glued.range(2..<6) == nil)
  let before = CarriedRanges(from: "film", to: "a film")
  #expect(before.range(0..<4) == 2..<6)
}

@Test func `ranges outside the text are dropped`() {
  let carried = CarriedRanges(from: "ab", to: "ab")
  #expect(carried.range(0..<2) == 0..<2)
  #expect(carried.range(1..<9) == nil)
}

@Test func `text that is not pooled is dim, and the legend says how much`() {
  var stage = Stage(
    "The story never works and the acting is dull but the score is brilliant",
    summary: Lexicon.summary(limitedTo: 6))
  stage.answer()
  #expect(stage.paint(of: "and the") == [.dim])
  #expect(stage.paint(of: "never") == [.heat(3)])
  #expect(stage.paint(of: " is brill") == [.text, .heat(-4)])
  #expect(stage.screen.contains("the last 6 are pooled"))
  #expect(stage.legend.contains("grey: only the last 6 of 16 tokens are pooled; those in grey"))
  stage.press(.escape)
  stage.type("S")
  #expect(stage.paint(of: "works") == [.dim])
  #expect(stage.paint(of: "score") == [.text])
}

@Test func `text that truncation hides from the model is dim`() {
  var stage = Stage("good but never seen", summary: Lexicon.summary(limitedTo: 3))
  stage.answerNext(truncatedTo: 3)
  stage.answer()
  #expect(stage.paint(of: "never seen") == [.dim])
  #expect(stage.screen.contains("5 tokens, the first 3 are read"))
  #expect(stage.legend.contains("grey text was not read: the model reads the first 3 of 5 tokens"))
}

@Test func `where a window of a long text begins is marked`() {
  let text = "a film that is good but never seen"
  var stage = Stage(text, columns: 120, rows: 36)
  stage.answer()
  #expect(!stage.screen.contains("┆"))
  stage.predict(
    Lexicon.predict(text),
    windows: TextWindows(
      size: 6, pooling: .mean, tokens: [0..<4, 2..<6, 4..<8], utf8Ranges: [0..<14, 7..<23, 15..<34])
  )
  #expect(stage.screen.contains("a film┆that is┆good but never seen"))
  #expect(
    stage.legend.contains(
      "read in 3 windows of up to 6 tokens; their logits are averaged; ┆ marks where a window begins"
    ))
  #expect(
    stage.screen.contains("a film that is good but never seen"), "what is edited has no marks")
}

@Test func `a class-blind map is marked, and so is a saturated probability`() {
  var card = Lexicon.card("rollout", "rollout", "AR", isSigned: false)
  card.dependsOnClass = false
  var summary = Lexicon.summary
  summary.methods.append(.init(card: card))
  var stage = Stage(
    String(repeating: "brilliant ", count: 12), columns: 120, rows: 60, summary: summary)
  stage.answer()
  #expect(!stage.screen.contains("class-blind") && !stage.screen.contains("saturated"))
  for (name, isOfProbability) in [("rollout", false), ("intrinsic-attention", true)] {
    stage.control("p")
    stage.type("explainer \(name)")
    stage.press(.enter)
    stage.answer()
    #expect(stage.screen.contains("class-blind"), "\(name)")
    #expect(stage.screen.contains("saturated") == isOfProbability, "\(name)")
    stage.control("t")
    #expect(stage.screen.contains("gives the same map for all classes"), "\(name)")
  }
}

@Test func `a word is named without the space that its piece begins with`() {
  let text = "The film  is"
  #expect(HeatUnit(utf8Range: 3..<8, score: 0, pieces: [1]).word(in: text) == "film")
  #expect(HeatUnit(utf8Range: 8..<12, score: 0, pieces: [2]).word(in: text) == "is")
  #expect(HeatUnit(utf8Range: 8..<9, score: 0, pieces: [2]).word(in: text) == " ")
}

@Test func `a text of unknown words is reported`() {
  for (text, words) in [
    ("zebra quagga okapi", "all 3 tokens are"), ("zebra quagga okapi good", "3 of 4 tokens are"),
    ("zebra", "the only token is"),
  ] {
    var stage = Stage(text, columns: 120, rows: 60)
    stage.answer()
    #expect(stage.screen.contains(words + " unknown"))
  }
  var known = Stage("zebra is good", columns: 120, rows: 60)
  known.answer()
  #expect(!known.screen.contains("reads them all as one"))
}
