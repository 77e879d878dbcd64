import Explorer
import TerminalUI
import Testing
import Workbench

private func first() -> Stage {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.state.welcome()
  return stage
}

@Test func `the first start names four things to press`() {
  let stage = first()
  #expect(stage.screen.contains("Welcome to Whylight"))
  for line in Welcome.lines {
    #expect(stage.screen.contains(line.key) && stage.screen.contains(line.text))
  }
  #expect(Welcome.lines.count == 4 && stage.screen.contains("whylight tour"))
  #expect(stage.screen.contains("whylight --model molecules."))
}

@Test(arguments: [(60, 16), (64, 20), (80, 24), (200, 60)])
func `nothing on the card is cut`(columns: Int, rows: Int) throws {
  var stage = Stage("a brilliant film", columns: columns, rows: rows)
  stage.answer()
  stage.state.welcome()
  let box = try #require(stage.position(of: "┏━ Welcome"))
  let width = min(76, columns - 4)
  let lines = stage.rows.dropFirst(box.row + 1).prefix { !$0.contains("┗━━━") }
    .map { $0.dropFirst(box.column + 1).prefix(width - 2) }
  let words = lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
  #expect(!words.contains("…"))
  #expect(words.hasPrefix("See which words decide what a classifier predicts. Four things to try:"))
  for line in Welcome.lines { #expect(words.contains("\(line.key) \(line.text)")) }
  #expect(
    words.hasSuffix(
      "F1 explains what you see. Ctrl-P welcome shows this card again. "
        + "In the shell: whylight tour; for molecules, whylight --model molecules."))
}

@Test func `the painted text stays visible above the card`() {
  var stage = Stage("a brilliant film", columns: 80, rows: 24)
  stage.answer()
  stage.state.welcome()
  let frame = stage.state.picture.frame
  let roles = (0..<frame.size.rows).flatMap { row in
    (0..<frame.size.columns).map { frame[Position(column: $0, row: row)].style.role }
  }
  #expect(roles.contains { if case .heat(let level) = $0 { level != 0 } else { false } })
}

extension Stage {
  /// Presses the keys of a line of the card; `type` stands for any letter.
  fileprivate mutating func perform(_ line: String) throws {
    for name in line.split(separator: " ") {
      press(name == "type" ? .char("s") : try #require(Key(named: String(name)), "\(name)"))
    }
  }

  /// Whether what the card promises for a line has happened.
  fileprivate func keeps(_ line: String) -> Bool {
    switch line {
    case "type": state.document.editor.text == "a brilliant films"
    case "Esc Space": state.off.count == 1
    case "Esc d": state.explore.focus == .findings && !asked(MeasureTrajectory.self).isEmpty
    case "Esc 2 Enter": log.contains(.openSample)
    default: false
    }
  }
}

@Test(arguments: Welcome.lines.map(\.key))
func `the keys of the card work as described while the card is open`(line: String) throws {
  var stage = first()
  try stage.perform(line)
  stage.answer()
  #expect(!stage.screen.contains("Welcome"))
  #expect(stage.keeps(line), "\(stage.screen)")
}

@Test func `the keys of the card work as described one after another`() throws {
  var stage = first()
  for line in Welcome.lines.map(\.key) {
    try stage.perform(line)
    stage.answer()
    #expect(stage.keeps(line), "\(line): \(stage.screen)")
  }
}

@Test func `the palette opens the card again`() {
  var stage = first()
  stage.press(.escape)
  stage.control("p")
  stage.type("welcome")
  stage.press(.enter)
  #expect(stage.screen.contains("Welcome to Whylight"))
}

@Test func `a key closes the card and has its usual effect`() {
  var stage = first()
  stage.type("s")
  #expect(stage.state.document.editor.text == "a brilliant films")
  #expect(!stage.screen.contains("Welcome"))
  stage = first()
  stage.press(.escape)
  #expect(stage.state.explore.focus == .heatmap && !stage.screen.contains("Welcome"))
  stage = first()
  stage.press(.enter)
  #expect(stage.state.document.editor.text == "a brilliant film")
  #expect(stage.state.explore.focus == .editor && !stage.screen.contains("Welcome"))
  stage = first()
  stage.control("p")
  #expect(stage.screen.contains("Commands") && !stage.screen.contains("Welcome"))
  stage = first()
  stage.send(.terminal(.paste(" indeed")))
  #expect(stage.state.document.editor.text == "a brilliant film indeed")
}

@Test(arguments: ["", "2", "3"])
func `help begins with what is on the screen`(screen: String) throws {
  var stage = Stage("a brilliant film", columns: 100, rows: 40)
  stage.load(Reviews.rows(20))
  stage.answer()
  stage.press(.escape)
  stage.type(screen)
  stage.answer()
  stage.type("?")
  let heading = try #require(stage.position(of: "What you see"))
  #expect(heading.row < 4)
  let part = screen.isEmpty ? "Trust" : screen == "2" ? "Confusion" : "Agreement"
  #expect(stage.rows.contains { $0.contains("\(part)") && $0.contains("→") })
  // The screen's keys come before those of the editor.
  #expect(!stage.screen.contains("While typing"))
}

@Test func `the tour's caption covers the hints until the tour ends`() {
  var stage = first()
  stage.send(.caption("This is the text."))
  #expect(stage.rows[34].contains("This is the text."))
  stage.send(.caption(nil))
  #expect(!stage.screen.contains("This is the text."))
}

@Test func `examples follow one another, and undo restores the text`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.type("e")
  stage.answer()
  let first = stage.state.document.editor.text
  #expect(first != "a brilliant film" && stage.state.explore.focus == .heatmap)
  stage.type("e")
  stage.answer()
  #expect(stage.state.document.editor.text != first)
  stage.type("uu")
  #expect(stage.state.document.editor.text == "a brilliant film")
}
