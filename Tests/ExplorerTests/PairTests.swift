import Attribution
import Classifiers
import Explorer
import Foundation
import Reports
import TerminalUI
import TestSupport
import Testing
import Tokenizers
import Workbench

private let premise = "A man plays a brilliant score, and the acting is good."
private let hypothesis = "The music is dull but not predictable."

@Suite struct PairTests {
  @Test(arguments: [(120, 36), (80, 24), (60, 16)])
  func `two texts look as they were reviewed`(columns: Int, rows: Int) {
    var stage = Stage(
      premise, pair: hypothesis, columns: columns, rows: rows, summary: Lexicon.inference)
    stage.answer()
    let frame = stage.state.picture.frame
    #expect(snapshotProblem(frame, "two-texts-\(columns)x\(rows)") == nil)
  }

  @Test func `each text has a field, and Tab goes from one to the other and on`() {
    var stage = Stage("good", pair: "dull")
    stage.press(.tab, .shift)
    stage.type("1")
    stage.press(.tab)
    stage.type("2")
    #expect(stage.texts == ["good1", "dull2"])
    stage.press(.tab)
    #expect(stage.state.explore.focus == .heatmap)
    stage.press(.tab, .shift)
    #expect(stage.state.explore.focus == .editor && stage.state.document.part == 1)
  }

  @Test func `a click puts the cursor into the field that it hits`() throws {
    var stage = Stage("good film", pair: "dull plot")
    let place = try #require(stage.position(of: "good"))
    stage.click(column: place.column, row: place.row)
    stage.type("a ")
    #expect(stage.texts == ["a good film", "dull plot"])
  }

  @Test func `the model is asked about both, whatever is typed of the second`() {
    var stage = Stage("A good film", pair: "", summary: Lexicon.inference)
    stage.answer()
    for end in 1...6 {
      stage.type(String(Array("dull é")[end - 1]))
      stage.answer()
      let typed = String("dull é".prefix(end))
      #expect(stage.asked(Predict.self).last?.text.texts.pair == typed)
      #expect(stage.state.predictions.latest?.prediction.encoding.pair == typed)
    }
  }

  @Test func `words of both are painted, each in its own text`() {
    var stage = Stage("good", pair: "dull")
    stage.answer()
    #expect(stage.paint(of: "good") == [.heat(2)] || stage.paint(of: "good") == [.heat(-2)])
    #expect(stage.paint(of: "dull") != stage.paint(of: "good"))
    let ranges = stage.state.explanations.shown?.map.units.map(\.utf8Range)
    #expect(ranges == [0..<4, 5..<9])
  }

  @Test func `the word at the cursor is that of the field`() {
    var stage = Stage("good", pair: "dull plot")
    stage.answer()
    #expect(stage.state.currentUnit == 2)
    stage.press(.home)
    #expect(stage.state.currentUnit == 1)
    stage.press(.tab, .shift)
    #expect(stage.state.currentUnit == 0)
  }

  @Test func `each field has its own undo`() {
    var stage = Stage("good", pair: "dull")
    stage.type("er")
    stage.press(.tab, .shift)
    stage.type("ish")
    stage.control("_")
    #expect(stage.texts == ["good", "duller"])
    stage.control("_")
    #expect(stage.texts == ["good", "duller"])
    stage.press(.tab)
    stage.control("_")
    #expect(stage.texts == ["good", "dull"])
  }

  @Test func `a word of the second text is switched off there alone, and undo puts it back`() {
    var stage = Stage("dull", pair: "a dull plot")
    stage.answer()
    stage.press(.escape)
    stage.press(.left)
    stage.type(" ")
    stage.answer()
    #expect(stage.state.document.experiment.off == [7..<11])
    let asked = stage.asked(Predict.self).last
    #expect(asked?.text.off == [7..<11] && asked?.original == stage.state.document.texts)
    #expect(stage.rows.contains { $0.contains("1 off") })
    stage.type("u")
    stage.answer()
    #expect(stage.state.off.isEmpty)
  }

  @Test func `an edit of the first text leaves what is tried on the second`() {
    var stage = Stage("a film", pair: "a dull plot")
    stage.answer()
    stage.press(.escape)
    stage.press(.left)
    stage.type(" ")
    stage.type("i")
    stage.press(.tab, .shift)
    stage.type("s")
    #expect(stage.texts == ["a films", "a dull plot"])
    #expect(stage.state.off == [10..<14])
  }

  @Test func `the second field opens and closes, and comes back as it was`() {
    var stage = Stage("good")
    stage.press(.escape)
    stage.type("D")
    #expect(stage.state.explore.focus == .editor && stage.texts == ["good", ""])
    stage.type("dull")
    stage.press(.escape)
    stage.type("D")
    #expect(stage.texts == ["good"] && stage.state.session.pair == nil)
    stage.type("D")
    #expect(stage.texts == ["good", "dull"])
    stage.control("_")
    #expect(stage.texts == ["good", ""])
  }

  @Test func `a model of pairs opens a second field, and another one closes it while it is empty`()
  {
    var stage = Stage("good")
    stage.load(Lexicon.inference)
    #expect(stage.texts == ["good", ""] && stage.state.document.part == 0)
    #expect(stage.screen.contains("A · premise") && stage.screen.contains("B · hypothesis"))
    stage.load(Lexicon.summary)
    #expect(stage.texts == ["good"])
    stage.load(Lexicon.inference)
    stage.press(.tab)
    stage.type("mine")
    stage.load(Lexicon.summary)
    #expect(stage.texts == ["good", "mine"])
  }

  @Test func `a program that reads pairs has two fields without names`() {
    var summary = Lexicon.summary
    summary.pairs = .unspecified
    var stage = Stage("good")
    stage.load(summary)
    #expect(stage.texts == ["good", ""])
    #expect(!stage.screen.contains("premise") && !stage.screen.contains("query"))
    // The example text of the first start is a single text.
    stage = Stage(Session.example)
    stage.load(summary)
    #expect(stage.texts.count == 2 && stage.texts.allSatisfy { !$0.isEmpty })
    #expect(stage.texts[0] != Session.example)
  }

  @Test func `one text is explained while the other is held`() {
    var stage = Stage("good", pair: "dull")
    stage.answer()
    stage.press(.escape)
    stage.type("F")
    stage.answer()
    #expect(stage.asked(Explain.self).last?.options.only == .second)
    #expect(stage.screen.contains("A held"))
    stage.type("F")
    stage.answer()
    #expect(stage.asked(Explain.self).last?.options.only == .first)
    stage.type("F")
    stage.answer()
    #expect(stage.state.settings.options.only == nil && !stage.screen.contains("held"))
  }

  @Test func `interactions are requested while their page is open`() {
    var stage = Stage(premise, pair: hypothesis)
    stage.answer()
    #expect(stage.asked(MeasureInteractions.self).isEmpty)
    stage.press(.escape)
    stage.type("I")
    stage.answer()
    #expect(stage.asked(MeasureInteractions.self).last?.text.texts == stage.state.document.texts)
    #expect(
      snapshotProblem(stage.state.picture.frame, "two-texts-meet-120x36") == nil)
    stage.type("y")
    #expect(stage.copied?.hasPrefix("A\tB\tinteraction") == true)
  }

  /// The page of interactions, with the same value for every pair of words.
  private func meeting(_ value: Double) -> Stage {
    var stage = Stage(premise, pair: hypothesis)
    stage.answer()
    stage.press(.escape)
    stage.type("I")
    while let effect = stage.takeOpen() {
      guard case .ask(let ticket, let question) = effect,
        let question = question.base as? MeasureInteractions,
        var found = try? Lexicon.answer(to: question)
      else { continue }
      found.values = found.values.map { $0.map { _ in value } }
      stage.send(.answer(ticket, MeasureInteractions.Answer.some(found)))
    }
    return stage
  }

  @Test func `words that hardly interact are reported in a sentence, not in a table of dots`() {
    let stage = meeting(-2.7e-5)
    #expect(stage.screen.contains("No two words of the texts interact by more than 0.00003: each"))
    #expect(!stage.screen.contains("e-5") && !stage.screen.contains("brilliant       ·"))
    let numbers = meeting(0.5)
    #expect(numbers.screen.contains("+0.500: together they speak more for"))
    #expect(numbers.screen.contains("brilliant       +.50"))
  }

  @Test func `Enter changes the method of interactions to integrated Hessians`() {
    var stage = Stage(premise, pair: hypothesis)
    stage.answer()
    stage.press(.escape)
    stage.type("I")
    stage.answer()
    #expect(stage.screen.contains("By removing both words."))
    stage.press(.enter)
    #expect(stage.screen.contains("the method of integrated Hessians needs gradients, and this"))
    #expect(stage.asked(MeasureInteractions.self).allSatisfy { $0.method == .removal })
    #expect(stage.state.session.interactionMethod == nil)

    var summary = Lexicon.summary
    summary.capabilities.insert(.gradients)
    var other = Stage(premise, pair: hypothesis, summary: summary)
    other.answer()
    other.press(.escape)
    other.type("I")
    other.answer()
    #expect(other.screen.contains("Enter switches to integrated Hessians."))
    other.press(.enter)
    #expect(other.asked(MeasureInteractions.self).last?.method == .hessian)
    #expect(other.state.session.interactionMethod == "hessian")
    other.press(.enter)
    other.answer()
    #expect(other.screen.contains("Enter switches to integrated Hessians."))
    #expect(other.state.session.interactionMethod == nil)
  }

  @Test func `a model without gradients removes words, and says why`() {
    var session = Session(text: premise)
    session.pair = KeptPair(hypothesis)
    session.interactionMethod = "hessian"
    var stage = Stage(session: session)
    stage.answer()
    stage.press(.escape)
    stage.type("I")
    stage.answer()
    #expect(stage.asked(MeasureInteractions.self).last?.method == .removal)
    #expect(
      stage.screen.contains("By removing both words: the method of integrated Hessians needs"))
    // The choice applies again to a model that supports it.
    #expect(stage.state.session.interactionMethod == "hessian")
  }

  @Test func `a single text has no page of interactions`() {
    var stage = Stage("good")
    stage.answer()
    stage.press(.escape)
    stage.type("d")
    #expect(!stage.screen.contains("Interact"))
    stage.type("I")
    stage.answer()
    #expect(stage.screen.contains("D opens a second one"))
  }

  @Test func `a session keeps both with their cursors and steps`() {
    var stage = Stage("good", pair: "dull")
    stage.type("er")
    stage.press(.left)
    stage.answer()
    var next = Stage(session: stage.state.session)
    #expect(next.texts == ["good", "duller"])
    #expect(next.state.document.part == 1 && next.state.document.editor.cursor == 5)
    next.control("_")
    #expect(next.texts == ["good", "dull"])
  }

  @Test func `a session is the same after it was written and read`() throws {
    var stage = Stage("good", pair: "dull")
    stage.answer()
    stage.type(" plot")
    stage.answer()
    let session = stage.state.session
    #expect(session.texts?.contains(KeptText("good", pair: "dull")) == true)
    let json = try JSONEncoder().encode(session)
    #expect(try JSONDecoder().decode(Session.self, from: json) == session)
  }

  @Test func `the history restores both texts`() {
    var stage = Stage("good", pair: "dull")
    stage.answer()
    stage.type(" plot")
    stage.answer()
    stage.press(.escape)
    stage.type("H")
    stage.press(.up)
    #expect(stage.texts == ["good", "dull plot"])
    stage.press(.enter)
    #expect(stage.texts == ["good", "dull"])
    // A step that changed both texts is undone at once.
    stage.type("u")
    #expect(stage.texts == ["good", "dull plot"])
    stage.control("r")
    #expect(stage.texts == ["good", "dull"])
  }

  @Test func `the command contains both texts`() {
    var stage = Stage("good", pair: "it's dull")
    stage.answer()
    stage.press(.escape)
    stage.type("Y")
    #expect(stage.copied?.hasSuffix(#"--pair='it'\''s dull' good"#) == true)
  }
}
