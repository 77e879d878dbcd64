import Attribution
import Classifiers
import Explorer
import Foundation
import TerminalUI
import Testing
import Workbench

private func palette(_ query: String, columns: Int = 120) -> Stage {
  var stage = Stage("a brilliant film", columns: columns, rows: 36)
  stage.answer()
  stage.control("p")
  stage.type(query)
  return stage
}

extension Stage {
  /// The lines of the palette, the selected one first.
  fileprivate var offered: [String] {
    let prompt = rows.firstIndex { $0.contains("┃ >") } ?? 0
    return rows[(prompt + 1)...].prefix { !$0.contains("━━━") }.compactMap {
      // A box as wide as the screen has nothing to its left.
      let parts = $0.split(separator: "┃")
      return parts.dropFirst(parts.count > 1 ? 1 : 0).first.map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }
}

@Test(arguments: ["", "u", "it", "i"])
func `Enter does not choose quit by accident`(query: String) {
  var stage = palette(query)
  #expect(stage.offered.first?.hasPrefix("quit") == false)
  stage.press(.enter)
  #expect(!stage.quits)
}

@Test func `typing its name chooses quit`() {
  var stage = palette("qui")
  stage.press(.enter)
  #expect(stage.quits)
}

@Test func `the last used command is offered first, also at the next start`() throws {
  var stage = palette("explainer occlusion")
  stage.press(.enter)
  stage.control("p")
  #expect(stage.offered.first?.hasPrefix("explainer occlusion") == true)
  let kept = try JSONDecoder().decode(
    Session.self, from: JSONEncoder().encode(stage.state.session))
  var next = Stage(session: kept)
  next.control("p")
  #expect(next.offered.first?.hasPrefix("explainer occlusion") == true)
}

@Test(arguments: [
  ("trust", "pane trust"), ("keys", "help"), ("clear", "clear-"), ("data", "Errors"),
])
func `what a command does is searched too`(query: String, found: String) {
  let stage = palette(query)
  #expect(stage.offered.contains { $0.hasPrefix(found) }, "\(stage.offered)")
}

@Test func `a truncated line is marked, and a larger screen truncates less`() {
  let cut = { (columns: Int) in
    palette("explainer", columns: columns).offered.filter { $0.contains("…") }.count
  }
  var summary = Lexicon.summary
  summary.methods[0].card.summary = String(repeating: "long ", count: 30) + "end"
  for columns in [80, 120, 200] {
    var stage = Stage("good", columns: columns, rows: 36, summary: summary)
    stage.answer()
    stage.control("p")
    stage.type("explainer integrated")
    let line = stage.offered.first ?? ""
    #expect(line.hasPrefix("explainer integrated-gradients"), "\(line)")
    #expect(line.hasSuffix("…") != line.hasSuffix("end"), "\(line)")
  }
  #expect(cut(200) <= cut(120))
}

@Test func `commands of another screen go there`() {
  var stage = Stage("good")
  stage.answer()
  stage.load(Reviews.rows(20))
  stage.control("p")
  stage.type("clear-filter")
  stage.press(.enter)
  #expect(stage.state.screen == .errors)
}
