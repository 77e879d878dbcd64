import Attribution
import Classifiers
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

extension Stage {
  fileprivate var measured: [MeasureTrust] { asked(MeasureTrust.self) }
}

@Test func `trust is measured last, once, and shown with a verdict beside the control`() {
  var stage = Stage("a brilliant film but dull")
  stage.answerNext()
  #expect(stage.measured.isEmpty)
  stage.answer()
  #expect(stage.measured.map(\.choice.method) == ["integrated-gradients"])
  #expect(stage.measured.first?.needsControl == true)
  for line in [
    "careful: 1 of 3 checks failed", "p lost without ↑  0.54 good       .07",
    "p lost alone ↓    0.22 fair       .30",
    "as removing ↑     0.03 disagrees  .02",
    "adds up            yes gap 0.004",
  ] {
    #expect(stage.screen.contains(line), "\(line)")
  }
}

@Test func `a wide window names the measures in whole phrases`() {
  var stage = Stage("a brilliant film but dull", columns: 200, rows: 60)
  stage.answer()
  for line in [
    "p lost without the top words ↑  0.54 good       .07",
    "p lost by top words alone ↓     0.22 fair       .30",
    "agrees with removing words ↑    0.03 disagrees  .02",
    "adds up                          yes gap 0.004",
  ] {
    #expect(stage.screen.contains(line), "\(stage.screen)")
  }
}

@Test func `scores with a gap of NaN do not add up`() {
  var stage = Stage("a nan film")
  stage.answer()
  #expect(stage.screen.contains("no gap nan"))
}

@Test func `another explainer is measured against the same control`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.forget()
  stage.control("x")
  stage.answer()
  #expect(stage.measured.map(\.choice.method) == ["occlusion"])
  #expect(stage.measured.first?.needsControl == false)
  stage.forget()
  stage.press(.character("x"), .alt)
  stage.answer()
  #expect(stage.measured.isEmpty)
}

@Test func `an edit forgets what was measured, and a late answer is dropped`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  let asked = stage.log.compactMap { effect -> (ticket: Ticket, question: MeasureTrust)? in
    guard case .ask(let ticket, let question) = effect else { return nil }
    return (question.base as? MeasureTrust).map { (ticket, $0) }
  }
  let old = try #require(asked.first)
  #expect(!stage.screen.contains("◐"))
  stage.type("s")
  // The older values are marked as such.
  #expect(stage.screen.contains("◐ ↑ more ↓ less is better"))
  stage.send(.answer(old.ticket, Lexicon.trust(old.question)))
  #expect(stage.screen.contains("◐ ↑ more ↓ less is better"))
  stage.answer()
  #expect(!stage.screen.contains("◐"))
  #expect(stage.screen.contains("p lost without ↑  0.54"))
}

@Test func `an invisible explanation is not measured`() {
  var stage = Stage("a brilliant film", columns: 80, rows: 24)
  stage.answer()
  #expect(stage.measured.isEmpty)
  for _ in 0..<5 { stage.press(.tab) }
  #expect(stage.state.explore.focus == .trust)
  stage.answer()
  #expect(stage.measured.count == 1)
  #expect(snapshotProblem(stage.state.picture.frame, "trust-80x24") == nil)
}

@Test func `with few rows the trust pane replaces the legend while it has the focus`() {
  var stage = Stage("a brilliant film", columns: 120, rows: 30)
  stage.answer()
  #expect(stage.screen.contains("Legend") && !stage.screen.contains("Trust"))
  stage.press(.tab, .shift)
  stage.answer()
  #expect(stage.screen.contains("Trust") && stage.screen.contains("p lost without"))
}

@Test func `enter explains the measures`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.tab, .shift)
  stage.press(.enter)
  #expect(stage.screen.contains("What sufficiency asks."))
}

@Test func `a long text is not measured, and the strip says so`() {
  var stage = Stage(String(repeating: "w ", count: 5000))
  stage.answer()
  stage.press(.escape)
  stage.type("r")
  stage.answer()
  #expect(stage.measured.isEmpty)
  #expect(stage.screen.contains("4,096+ tokens          unmeasured"))
}

@Test func `for a text of many tokens only cheap measures are computed`() {
  var stage = Stage(String(repeating: "w ", count: 600))
  stage.answer()
  #expect(stage.measured.map(\.choice.method) == ["integrated-gradients"])
  #expect(TrustStrip.mostPasses(tokens: 512) > 601 && TrustStrip.mostPasses(tokens: 601) < 601)
}

@Test func `the table of measures has every column's values, the best in bold`() throws {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  #expect(
    stage.measured.map(\.choice.method)
      == ["integrated-gradients", "occlusion", "lime", "random"])
  let heads = ["without↑", "alone↓", "agrees↑", "spread↓"]
  #expect(stage.rows.contains { row in heads.allSatisfy { row.contains($0) } })
  let row = try #require(stage.rows.first { $0.contains("│ LIME") && $0.contains("0.40") })
  let numbers = row.split(separator: " ").joined(separator: " ")
  #expect(numbers.contains("0.54 0.22 0.03 0.40"))
}

@Test func `a long explanation is announced before it begins, and counted`() throws {
  var stage = Stage("a brilliant film")
  stage.answerNext(seconds: 0.01)
  let question = try #require(stage.open.asked(Explain.self).first)
  stage.expect(passes: 199)
  #expect(!stage.screen.contains("passes"))
  stage.expect(passes: 5001)
  #expect(
    stage.screen.contains(
      "integrated gradients: 5,001 passes of 10 ms (2.5 ms a token), about 50 s; Ctrl-C stops"))
  // Keys work meanwhile, and an answer for another job is not accepted.
  stage.press(.tab)
  #expect(stage.state.explore.focus != .editor && stage.screen.contains("5,001 passes of"))
  var attribution = Lexicon.attribution(question.choice, question.encoding)
  attribution.evaluations = 1000
  stage.explain(attribution, seconds: 10, isFinal: false)
  #expect(stage.screen.contains("1,000 of 5,001 passes in 10.0 s, 40 s left; Ctrl-C stops"))
  stage.explain(attribution, seconds: 50)
  #expect(!stage.screen.contains("left; Ctrl-C"))
}
