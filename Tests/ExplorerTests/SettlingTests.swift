import Attribution
import Classifiers
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

private let text =
  "The acting is brilliant and the score is gorgeous, but the story never quite works."

private func answered() -> Stage {
  var stage = Stage(text, summary: Lexicon.comparable)
  stage.answer()
  return stage
}

extension Stage {
  /// The rows of a pane, without its border.
  fileprivate func pane(_ title: String) -> [String] {
    guard let start = position(of: " \(title) ") else { return [] }
    let frame = state.picture.frame
    func cell(_ column: Int, _ row: Int) -> String {
      frame[Position(column: column, row: row)].cluster
    }
    let left = start.column - 2
    let right =
      (start.column..<frame.size.columns).first { "╮┓".contains(cell($0, start.row)) } ?? 0
    return (start.row + 1..<frame.size.rows).prefix { !"╰┗".contains(cell(left, $0)) }.map { row in
      (left + 1..<right).map { cell($0, row) }.joined()
    }
  }

  /// A scaled partial result of the running job.
  fileprivate mutating func refine(by factor: Float, at seconds: Double) {
    guard let question = asked(Explain.self).last,
      let ticket = state.asked.ticket(in: .explanation)
    else { return }
    var attribution = Lexicon.attribution(question.choice, question.encoding)
    attribution.scores = attribution.scores.map { $0 * factor }
    _ = state.update(
      .progress(ticket, Explain.Answer.scores(attribution, seconds: seconds)), at: seconds)
  }
}

@Test func `numbers beside an older map stay until there are newer ones`() {
  var stage = answered()
  let (tokens, trust) = (stage.pane("Tokens"), stage.pane("Trust"))
  let facts = stage.pane("Explainers").suffix(2)
  #expect(trust.contains { $0.contains("p lost without") } && tokens[1].contains("0."))
  stage.type("!")
  #expect(stage.state.isShownStale && stage.screen.contains("◐ older text"))
  // Except for the mark at the cursor's token, which is not known.
  #expect(stage.pane("Tokens").map { $0.dropFirst(2) } == tokens.map { $0.dropFirst(2) })
  #expect(stage.pane("Trust") == trust && stage.screen.contains("◐ ↑ more ↓ less is better"))
  #expect(stage.pane("Explainers").suffix(2) == facts)
  #expect(stage.screen.contains("without it: p("))
  stage.type("!")
  #expect(stage.pane("Tokens").map { $0.dropFirst(2) } == tokens.map { $0.dropFirst(2) })
  stage.answer()
  #expect(!stage.screen.contains("◐"))
}

@Test func `a first refinement paints the map, and the numbers follow with the last one`() throws {
  var stage = answered()
  stage.type("!")
  stage.answerNext()
  let tokens = stage.pane("Tokens")
  stage.refine(by: 0.5, at: 0.05)
  #expect(!stage.state.isShownStale && stage.screen.contains("refining"))
  #expect(stage.pane("Tokens") == tokens)
  // A longer computation is worth showing before it is complete.
  stage.refine(by: 0.5, at: 0.4)
  #expect(stage.pane("Tokens") != tokens)
  stage.answer()
  #expect(stage.pane("Tokens").map { $0.dropFirst(24) } == tokens.map { $0.dropFirst(24) })
}

@Test func `another explainer's map stays for a moment, under its own title`() {
  var stage = answered()
  let paint = stage.paint(of: "brilliant")
  stage.control("x")
  #expect(
    stage.screen.contains("? · integrated gradients") && stage.screen.contains("computing"))
  #expect(stage.paint(of: "brilliant") == paint)
  _ = stage.state.update(.tick(opened: nil), at: 0.5)
  #expect(!stage.screen.contains("? · integrated gradients"))
  #expect(stage.paint(of: "brilliant") != paint)
}
