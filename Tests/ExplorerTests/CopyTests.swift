import Classifiers
import Explorer
import Reports
import TerminalUI
import TestSupport
import Testing

private func commands(_ text: String = "a brilliant film but dull") -> Stage {
  var stage = Stage(text)
  stage.answer()
  stage.press(.escape)
  stage.answer()
  return stage
}

extension Stage {
  var copied: String? {
    log.compactMap { if case .copy(.text(let text)) = $0 { text } else { nil } }.last
  }

  /// The last copy, if it has colours.
  fileprivate var painted: Frame? {
    let last = log.compactMap { if case .copy(let copied) = $0 { copied } else { nil } }.last
    return if case .painted(let frame)? = last { frame } else { nil }
  }
}

// Behaviour 36 of the terminal's forty.
@Test func `y copies the table that has the focus, Y the command`() throws {
  var stage = commands("a brilliant film")
  stage.press(.tab)
  #expect(stage.state.explore.focus == .tokens)
  stage.type("y")
  let lines = try #require(stage.copied).split(separator: "\n")
  #expect(lines[0] == "#\ttoken\tscore\tp without" && lines.count == 4)
  #expect(lines[1].hasPrefix("2\tbrilliant\t2.0\t0."))
  stage.type("Y")
  #expect(stage.copied?.hasPrefix("whylight explain --method integrated-gradients") == true)
}

@Test func `the heat is copied as text with signs under the words`() throws {
  var stage = commands()
  stage.type("y")
  let lines = try #require(stage.copied).split(separator: "\n").map(String.init)
  #expect(lines[0] == "integrated gradients → negative, +++++ = 2.500 logit")
  #expect(lines[1] == "a brilliant film but dull")
  #expect(lines[2] == "· ----      ·    +   ++++")
}

@Test func `a copy of the heat marks the starts of windows, and explains the mark`() throws {
  var stage = commands()
  stage.predict(
    Lexicon.predict("a brilliant film but dull"),
    windows: TextWindows(
      size: 5, pooling: .mean, tokens: [1..<4, 3..<6], utf8Ranges: [0..<16, 12..<25]))
  stage.answer()
  stage.type("y")
  let lines = try #require(stage.copied).split(separator: "\n").map(String.init)
  #expect(lines[1] == "a brilliant┆film but dull")
  #expect(
    lines.last
      == "read in 2 windows of up to 5 tokens; their logits are averaged; ┆ marks where a window begins"
  )
}

@Test func `the key again copies the heat with colours, then as a table`() throws {
  var stage = commands()
  stage.type("y")
  stage.send(.copied(route: "copied 99 bytes"))
  #expect(stage.screen.contains("as text: copied 99 bytes; y again: with colours"))
  stage.type("y")
  let frame = try #require(stage.painted)
  let cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: 0)] }
  #expect(cells.map(\.cluster).joined().hasPrefix("a brilliant film but dull "))
  #expect(Set(cells[2..<11].map(\.style.role)) == stage.paint(of: "brilliant"))
  stage.type("y")
  #expect(stage.painted == nil && stage.copied?.hasPrefix("#\ttoken\tscore\t") == true)
  // The forms repeat, and start over after any other key.
  stage.type("y")
  #expect(stage.copied?.hasPrefix("integrated gradients") == true)
  stage.press(.right)
  stage.type("y")
  #expect(stage.painted == nil && stage.copied?.hasPrefix("integrated gradients") == true)
}

@Test func `a table is copied as aligned text and with colours too`() throws {
  var stage = commands()
  stage.press(.tab)
  stage.type("yy")
  let lines = try #require(stage.copied).split(separator: "\n").map(String.init)
  #expect(lines.count == 6 && lines[0].hasPrefix("#  token      ") && !lines[0].contains("\t"))
  let word = try #require(lines.first { $0.contains("brilliant") })
  #expect(word.hasPrefix("2  brilliant  "))
  stage.type("y")
  let frame = try #require(stage.painted)
  #expect(frame.size.rows < 36 && frame.snapshot().contains("Tokens"))
  stage.type("3")
  stage.answer()
  stage.type("yyy")
  let screen = try #require(stage.painted)
  #expect(screen.size == Size(columns: 120, rows: 36))
}

@Test func `a single form is not offered again`() {
  var stage = Stage("a film", isLoaded: false)
  stage.press(.character("y"), .alt)
  stage.send(.copied(route: "copied 6 bytes"))
  #expect(stage.copied == "a film")
  // The status row shows that the model is being loaded, so the message is not on the screen.
  #expect(stage.state.message?.text == "as text: copied 6 bytes")
}

@Test func `each pane has something to copy, and the editor its text`() throws {
  var stage = commands()
  for (pane, beginning) in [
    (Pane.prediction, "class\tp\nnegative\t0.7"), (.explainers, "explainer\tstate\n"),
    (.trust, "measure\tvalue\trandom scores\ncomprehensiveness\t0.54\t0.07"),
  ] {
    while stage.state.explore.focus != pane { stage.press(.tab) }
    stage.answer()
    stage.type("y")
    #expect(stage.copied?.hasPrefix(beginning) == true, "\(stage.copied ?? "")")
  }
  for key in ["f", "n", "z", "H", "d"] {
    stage.type(key)
    stage.answer()
    stage.forgetLog()
    stage.type("y")
    #expect(stage.copied?.isEmpty == false, "\(key)")
  }
  stage.type("i")
  stage.press(.character("y"), .alt)
  #expect(stage.copied == "a brilliant film but dull")
  stage.type("y")
  #expect(stage.state.document.editor.text.hasSuffix("y"))
}

@Test func `on the other screens the table is copied`() {
  var stage = commands()
  stage.type("4y")
  #expect(stage.copied?.hasPrefix("time\tseconds\tkind\ttext\n") == true)
  stage.type("3")
  stage.answer()
  stage.press(.character("y"), .alt)
  #expect(stage.copied?.hasPrefix("#\ttoken") == true)
}

@Test func `a copied table holds no formulas`() throws {
  let hostile = "=1+1 @SUM +cmd -2+3 \"=2+2\" -5 plain"
  var stage = commands(hostile)
  func cells() throws -> [String] {
    try #require(stage.copied).split(separator: "\n").flatMap { row in
      row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
  func expectNone(_ cells: [String], _ place: String) {
    for cell in cells {
      let bare = cell.drop { $0 == "\"" }
      let isFormula = bare.first.map { "=+-@".contains($0) } == true && Double(bare) == nil
      #expect(!isFormula, "\(place): \(cell)")
    }
  }
  stage.press(.tab)
  stage.type("y")
  let tokens = try cells()
  expectNone(tokens, "tokens")
  #expect(tokens.contains { $0.hasPrefix("'") } && tokens.contains("plain"))
  for key in ["H", "z", "n", "f", "d"] {
    stage.type(key)
    stage.answer()
    stage.forgetLog()
    stage.type("y")
    expectNone(try cells(), key)
  }
  stage.type("3")
  stage.answer()
  stage.forgetLog()
  stage.type("y")
  expectNone(try cells(), "Compare")
}

@Test func `one rule decides what a spreadsheet would compute`() {
  for (text, written) in [
    ("=1", "'=1"), ("+a", "'+a"), ("-a", "'-a"), ("@a", "'@a"), ("-5", "-5"), ("+0.5", "+0.5"),
    ("\t=1", "'\t=1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("a=1", "a=1"), ("", ""),
  ] {
    #expect(SpreadsheetCell.text(text) == written)
  }
}
