import Classifiers
import Explorer
import TerminalUI
import Testing
import Tokenizers
import Workbench

/// A box on the screen, recognized by its border.
private struct Box {
  var title: String
  var lines: [String]
  var border: String

  /// The number of words in its lines, however wide they are.
  var words: Int {
    lines.joined(separator: " ").split { " │┃▸".contains($0) }.count
  }

  /// Whether a mark says that there is more.
  var hasMark: Bool {
    border.contains(" of ") || border.contains("…") || lines.contains { $0.contains("…") }
  }
}

/// The boxes that nothing covers.
private func boxes(of frame: Frame) -> [Box] {
  func cell(_ column: Int, _ row: Int) -> String {
    frame[Position(column: column, row: row)].cluster
  }
  let (corners, sides) = (["╭", "┏", "╰", "┗"], ["│", "┃"])
  var found: [Box] = []
  for row in 0..<frame.size.rows {
    for left in 0..<frame.size.columns where ["╭", "┏"].contains(cell(left, row)) {
      guard
        let right = (left..<frame.size.columns).first(where: {
          ["╮", "┓"].contains(cell($0, row))
        }),
        let bottom = (row + 1..<frame.size.rows).first(where: { !sides.contains(cell(left, $0)) }),
        ["╰", "┗"].contains(cell(left, bottom)), ["╯", "┛"].contains(cell(right, bottom))
      else { continue }
      func text(_ row: Int) -> String {
        (left + 1..<max(left + 1, right)).map { cell($0, row) }.joined()
      }
      let inner = (row + 1..<bottom).map(text)
      let isFree =
        (row + 1..<bottom).allSatisfy { sides.contains(cell(right, $0)) }
        && !inner.joined().contains { corners.contains(String($0)) }
        && (text(row) + text(bottom)).allSatisfy { !(corners + sides).contains(String($0)) }
      guard isFree else { continue }
      let title = text(row).split { "─━ ".contains($0) }.first.map(String.init) ?? ""
      found.append(Box(title: title, lines: inner, border: text(bottom)))
    }
  }
  return found
}

private let long =
  "The acting is brilliant and the score is gorgeous, but the story never quite works and the "
  + "ending is painfully predictable, although nobody in the room seemed to mind very much. "

/// States with much content, named after the keys pressed.
private func stages(columns: Int) -> [(name: String, stage: Stage)] {
  var summary = Lexicon.comparable
  summary.methods += (0..<20).map {
    .init(card: Lexicon.card("method-\($0)", "method number \($0)", "M\($0)"))
  }
  var start = Stage(
    String(repeating: long, count: 3), columns: columns, rows: 200, summary: summary)
  start.answer()
  start.load(Reviews.rows(60))
  start.answer()
  start.press(.escape)
  let keys: [(String, [Key])] = [
    ("explore", []), ("tokens", [Key(.tab)]), ("prediction", [Key(.tab), Key(.tab)]),
    ("explainers", [Key(.tab), Key(.tab), Key(.tab)]),
    ("trust", [Key(.tab), Key(.tab), Key(.tab), Key(.tab)]),
    ("what if", [Key(.character(" ")), Key(.character("l")), Key(.character(" "))]),
    ("flips", [Key(.character("f"))]), ("x-ray", [Key(.character("z"))]),
    ("typos", [Key(.character("n"))]), ("history", [Key(.character("H"))]),
    ("two texts", [Key(.character("A"))]),
    ("errors", [Key(.character("2"))]),
    ("calibration", [Key(.character("2")), Key(.character("d"))]),
    ("slices", [Key(.character("2")), Key(.character("d")), Key(.character("d"))]),
    ("compare", [Key(.character("3"))]), ("log", [Key(.character("4"))]),
    ("palette", [Key(.character(":"))]), ("help", [Key(.character("?"))]),
    ("settings", [Key(.character("N"))]), ("about", [Key(.character("m"))]),
    ("label", [Key(.character("2")), Key(.character("l"))]),
    ("columns", [Key(.character("3")), Key(.character("a"))]),
    ("export", [Key(.character("E"))]),
  ]
  return keys.map { name, keys in
    var stage = start
    for key in keys {
      stage.press(key)
      stage.answer()
    }
    return (name, stage)
  }
}

@Test(arguments: [80, 100, 110, 120, 160, 200])
func `a pane that does not show everything says so`(columns: Int) {
  let sizes = columns < 110 ? [24, 29, 36, 50] : [30, 33, 36, 45, 60]
  var compared = 0
  for (name, stage) in stages(columns: columns) {
    var stage = stage
    let whole = boxes(of: stage.state.picture.frame)
    for rows in sizes {
      stage.send(.terminal(.resize(Size(columns: columns, rows: rows))))
      stage.answer()
      for box in boxes(of: stage.state.picture.frame) {
        guard let all = whole.first(where: { $0.title == box.title }) else { continue }
        compared += 1
        #expect(
          box.words >= all.words || box.hasMark,
          """
          \(name), \(columns)x\(rows): \(box.title) shows \(box.words) of \(all.words) words
          \(box.lines.joined(separator: "\n"))
          \(box.border)
          """)
      }
    }
  }
  #expect(compared > 100)
}

@Test func `a number says how many of many classes are not shown`() {
  var stage = Stage("good", isLoaded: false)
  var summary = Lexicon.summary
  summary.classes = (0..<26).map { "class \($0)" }
  stage.load(summary)
  var prediction = Lexicon.predict("good")
  prediction.probabilities = (0..<26).map { Float($0 == 3 ? 25 : 3) / 100 }
  prediction.classIndex = 3
  stage.predict(prediction)
  #expect(stage.screen.contains(" of 26 ─╮") == false)
  #expect(stage.rows.contains { $0.hasSuffix(" of 26 ─╯") })
}
