import Attribution
import Explorer
import TerminalUI
import TestSupport
import Testing
import Tokenizers
import Workbench

@Suite struct CandidatesTests {
  /// A text about a film with better and worse candidates.
  private func stage(_ candidates: [String], columns: Int = 120, rows: Int = 36) -> Stage {
    var stage = Stage("good film", pair: "but why", columns: columns, rows: rows)
    stage.answer()
    stage.press(.escape)
    for candidate in candidates { add(candidate, to: &stage) }
    return stage
  }

  private func add(_ text: String, to stage: inout Stage) {
    stage.type("C")
    stage.type(text)
    stage.press(.enter)
    stage.answer()
  }

  /// The given texts in the order of the list.
  private func order(_ stage: Stage, _ texts: [String]) -> [String] {
    let rows = stage.rows
    return texts.sorted { a, b in
      (rows.lastIndex { $0.contains(a) } ?? -1) < (rows.lastIndex { $0.contains(b) } ?? -1)
    }
  }

  @Test func `candidates are listed with the second text, the best first`() {
    let stage = stage(["dull and painfully slow", "gorgeous music", "never mind"])
    #expect(
      order(stage, ["never mind", "dull and painfully slow", "gorgeous music", "B but why"])
        == ["gorgeous music", "B but why", "never mind", "dull and painfully slow"])
    #expect(snapshotProblem(stage.state.picture.frame, "candidates-120x36") == nil)
  }

  @Test func `candidates are ranked again for another first text, but not for another second one`()
  {
    var stage = stage(["gorgeous music"])
    let before = stage.asked(RankCandidates.self).count
    stage.type("i")
    stage.type(" ever")
    stage.press(.escape)
    stage.type("R")
    stage.answer()
    #expect(stage.asked(RankCandidates.self).count == before)
    stage.type("i")
    stage.press(.tab, .shift)
    stage.type(" but")
    stage.press(.escape)
    stage.type("R")
    stage.answer()
    #expect(stage.asked(RankCandidates.self).last?.text.texts.text == "good film but")
  }

  @Test func `the page says why the selected candidate is ranked above the next`() {
    var stage = stage(["gorgeous music", "dull and slow"])
    stage.press(.home)
    stage.answer()
    let asked = stage.asked(ContrastCandidates.self).last
    #expect(asked?.first == "gorgeous music" && asked?.second == "but why")
    #expect(stage.screen.contains("1 ranks above 2 by +"))
    #expect(stage.screen.contains("gorgeous +1.5"))
  }

  @Test func `Enter makes a candidate the second text, and no text is lost`() {
    var stage = stage(["gorgeous music"])
    stage.press(.home)
    stage.press(.enter)
    #expect(stage.texts == ["good film", "gorgeous music"])
    stage.answer()
    #expect(stage.screen.contains("B gorgeous music") && stage.screen.contains("but why"))
    stage.type("u")
    #expect(stage.texts == ["good film", "but why"])
  }

  @Test func `a candidate is removed from the list`() {
    var stage = stage(["gorgeous music"])
    stage.press(.home)
    stage.press(.delete)
    stage.answer()
    #expect(!stage.rows.contains { $0.contains(" gorgeous music ") && $0.contains("1 ") })
  }
}
