import Explorer
import TerminalUI
import Testing
import Workbench

/// A peptide of 65 atoms, which no preview holds.
private let peptide = String(repeating: "NCC(=O)", count: 16) + "O"

extension Stage {
  /// Errors with a data set of molecules, all of them scored by the lexicon.
  fileprivate static func errors(
    molecules: [String], columns: Int = 120, rows: Int = 36
  ) -> Stage {
    var stage = Stage("CCO", columns: columns, rows: rows, summary: Chemist.summary)
    stage.answer()
    stage.load(molecules.map { .init(text: $0, isPositive: true) })
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    return stage
  }
}

@Test(arguments: [(120, 36), (90, 30)])
func `a drawing larger than its pane says so, and is moved and resized`(columns: Int, rows: Int) {
  var stage = Stage.errors(molecules: [peptide, "CCO"], columns: columns, rows: rows)
  while stage.selected != 0, stage.selected != nil {
    stage.press(.up)
    stage.answer()
  }
  #expect(stage.screen.contains("a part"))
  stage.press(.right, .alt)
  stage.press(.left, .alt)
  let before = stage.state.picture.frame
  for key in [Key.Code.left, .right, .up, .down] {
    stage.press(key, .alt)
    #expect(stage.state.picture.frame != before, "\(key)")
    let back: [Key.Code: Key.Code] = [.left: .right, .right: .left, .up: .down, .down: .up]
    stage.press(back[key] ?? key, .alt)
    #expect(stage.state.picture.frame == before, "\(key)")
  }
  stage.press(.character("+"), .alt)
  let larger = stage.state.picture.frame
  #expect(larger != before)
  stage.press(.left, .alt)
  // smaller than the whole it is the whole again, or as much of it as can be read
  stage.press(.character("-"), .alt)
  stage.press(.character("-"), .alt)
  #expect(stage.state.picture.frame == before)
}

@Test func `another row's drawing begins whole, and of text there is none to move`() {
  var stage = Stage.errors(molecules: ["CCO", peptide])
  for _ in 0..<2 {
    let isWhole = stage.selected == 0
    #expect(stage.screen.contains("a part") != isWhole)
    stage.press(.character("+"), .alt)
    stage.press(.right, .alt)
    stage.press(isWhole ? .down : .up)
    stage.answer()
    // in the table's order by loss one of the two is first
    if stage.selected == (isWhole ? 0 : 1) {
      stage.press(isWhole ? .up : .down)
      stage.answer()
    }
  }
  stage.press(.tab)
  var reviews = Stage.errors(columns: 120, rows: 36)
  reviews.press(.left, .alt)
  #expect(reviews.screen.contains("no molecule is drawn here"))
}

@Test func `slices and charts of molecules are about atoms`() throws {
  let texts = (0..<12).map { String(repeating: "C", count: $0 + 1) + "Cl" }
  var stage = Stage.errors(molecules: texts, columns: 160, rows: 44)
  var titles = ""
  for _ in 0..<8 {
    stage.type("d")
    stage.answer()
    titles += stage.screen
  }
  #expect(titles.contains("has a halogen") && titles.contains("at most 10 heavy atoms"))
  #expect(titles.contains("atoms but hydrogens"))
  for word in ["negation", "5 words", "words in the text", "capitals"] {
    #expect(!titles.contains(word), "\(word)")
  }
  stage.type("/")
  #expect(stage.screen.contains("rings"))
  var reviews = Stage.errors()
  reviews.type("/")
  #expect(!reviews.screen.contains("rings"))
}
