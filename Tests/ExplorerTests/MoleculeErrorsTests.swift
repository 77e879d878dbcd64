import Explorer
import TerminalUI
import Testing
import Workbench

/// A peptide of 65 atoms, which does not fit into a preview.
private let peptide = String(repeating: "NCC(=O)", count: 16) + "O"

extension Stage {
  /// Errors with a data set of molecules, of which every other one has the label that the lexicon
  /// predicts.
  fileprivate static func errors(
    molecules: [String], columns: Int = 120, rows: Int = 36
  ) -> Stage {
    var stage = Stage("CCO", columns: columns, rows: rows, summary: MoleculeModel.summary)
    stage.answer()
    stage.load(molecules.enumerated().map { .init(text: $1, isPositive: $0.isMultiple(of: 2)) })
    stage.press(.escape)
    stage.type("2")
    stage.answer()
    return stage
  }
}

@Test(arguments: [(120, 36), (90, 30)])
func `a drawing larger than its pane says so, and is moved and resized`(columns: Int, rows: Int) {
  var stage = Stage.errors(molecules: [peptide], columns: columns, rows: rows)
  #expect(stage.screen.contains("a part"))
  stage.press(.right, .alt)
  stage.press(.left, .alt)
  let before = stage.state.picture.frame
  let ways: [(there: Key.Code, back: Key.Code)] = [
    (.left, .right), (.right, .left), (.up, .down), (.down, .up),
  ]
  for way in ways {
    stage.press(way.there, .alt)
    #expect(stage.state.picture.frame != before, "\(way.there)")
    stage.press(way.back, .alt)
    #expect(stage.state.picture.frame == before, "\(way.there)")
  }
  stage.press(.character("+"), .alt)
  #expect(stage.state.picture.frame != before)
  stage.press(.left, .alt)
  // Reduced below its full size, the whole drawing is shown again, or as much of it as is readable.
  stage.press(.character("-"), .alt)
  stage.press(.character("-"), .alt)
  #expect(stage.state.picture.frame == before)
}

@Test func `another row's drawing is centred, and a text has no drawing to move`() {
  var stage = Stage.errors(molecules: ["CCO", peptide])
  #expect(!stage.screen.contains("a part"))
  for _ in 0..<8 { stage.press(.character("+"), .alt) }
  for _ in 0..<8 { stage.press(.right, .alt) }
  #expect(stage.screen.contains("a part"))
  stage.press(.down)
  stage.answer()
  #expect(stage.screen.contains("a part"))
  stage.press(.up)
  stage.answer()
  #expect(!stage.screen.contains("a part"))
  var reviews = Stage.errors()
  reviews.press(.left, .alt)
  #expect(reviews.screen.contains("no molecule is drawn here"))
}

@Test func `slices and charts of molecules are about atoms`() throws {
  let texts = (0..<12).map { String(repeating: "C", count: $0 + 1) + "Cl" }
  var stage = Stage.errors(molecules: texts, columns: 160, rows: 44)
  var titles = stage.screen
  for _ in 0..<8 {
    stage.type("d")
    stage.answer()
    titles += stage.screen
  }
  #expect(titles.contains("has a halogen") && titles.contains("at most 10 heavy atoms"))
  #expect(titles.contains("atoms without hydrogen"))
  for word in ["negation", "5 words", "words in the text", "capitals"] {
    #expect(!titles.contains(word), "\(word)")
  }
  stage.type("/")
  #expect(stage.screen.contains("rings"))
  var reviews = Stage.errors()
  reviews.type("/")
  #expect(!reviews.screen.contains("rings"))
}
