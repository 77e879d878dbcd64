import Datasets
import Explorer
import TerminalUI
import Testing
import Workbench

/// Errors with a data set, as `--data` starts it.
private func began(_ count: Int = 60) -> Stage {
  var stage = Stage("good")
  stage.state.begin(on: .errors)
  stage.answer()
  stage.load(Reviews.rows(count))
  return stage
}

@Test(arguments: [Key(.character("1")), Key(.escape), Key(.character("q"))])
func `a screen reached by a command key has command focus`(key: Key) {
  var stage = began()
  stage.press(key)
  #expect(stage.state.screen == .explore && stage.state.explore.focus != .editor)
  stage.type("t")
  #expect(stage.state.document.editor.text == "good")
}

@Test func `a click on a tab and the palette lead to command focus`() throws {
  var stage = began()
  let tab = try #require(stage.position(of: "1 Explore"))
  stage.click(column: tab.column, row: tab.row)
  #expect(stage.state.screen == .explore && stage.state.explore.focus != .editor)
  stage.type("i")
  #expect(stage.state.explore.focus == .editor)
  stage.control("p")
  stage.type("Compare")
  stage.press(.enter)
  #expect(stage.state.screen == .compare)
  stage.type("1t")
  #expect(stage.state.document.editor.text == "good")
}

@Test func `q and Esc go back along the screens, and only from the first one q quits`() {
  for key in [Key(.character("q")), Key(.escape)] {
    var stage = began()
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.screen == .explore)
    #expect(stage.rows.last?.contains("q back") == true)
    stage.type("3")
    stage.answer()
    let way: [Screen] = [.explore, .errors, .explore]
    for screen in way {
      stage.press(key)
      stage.answer()
      #expect(stage.state.screen == screen)
    }
    #expect(!stage.quits)
    stage.press(key)
    #expect(stage.quits == (key == Key(.character("q"))))
  }
}

@Test func `a word opened from Compare goes back to Compare, and the way back does not grow`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  for _ in 0..<20 {
    stage.type("3")
    stage.answer()
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.screen == .explore)
  }
  stage.type("q")
  #expect(stage.state.screen == .compare)
  stage.type("q")
  #expect(stage.state.screen == .explore)
  stage.type("q")
  #expect(stage.quits)
}

@Test func `q closes the pane of findings before it leaves anything`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  stage.type("fq")
  #expect(stage.state.explore.focus == .heatmap && !stage.quits)
}

@Test func `a row is opened with the class that its preview was painted for`() throws {
  var stage = began()
  let table = try #require(stage.state.examples)
  // The last session chose a class.
  stage.type("1")
  while stage.state.targetClass != 1 || stage.state.settings.classChoice == .predicted {
    stage.type("t")
  }
  stage.type("2")
  for _ in 0..<6 {
    let row = try #require(stage.state.examples.map { _ in stage.selectedRow })
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.targetClass == table.explainedClass(row))
    #expect(stage.state.settings.classChoice == .predicted)
    stage.press(.escape)
    stage.type("j")
  }
}

extension Stage {
  /// The row of the table that Enter would open, found by its text.
  fileprivate var selectedRow: Int {
    guard let table = state.examples else { return 0 }
    var next = self
    next.press(.enter)
    return (0..<table.count).first { table.text(ofRow: $0) == next.state.document.editor.text } ?? 0
  }
}

@Test func `what is predicted is explained, until a class is chosen`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  #expect(stage.state.targetClass == 1 && stage.paint(of: "brilliant") == [.heat(5)])
  stage.type(" but dull and never good")
  stage.answer()
  #expect(stage.state.targetClass == 0 && stage.paint(of: "dull") == [.heat(5)])
  stage.press(.escape)
  stage.type("t")
  stage.answer()
  #expect(stage.state.targetClass == 1 && stage.paint(of: "dull") == [.heat(-5)])
  #expect(stage.screen.contains("fixed; = resets"))
  stage.type("=")
  stage.answer()
  #expect(stage.state.targetClass == 0 && !stage.screen.contains("= resets"))
}

@Test func `a key without an effect is reported`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.function(7))
  #expect(stage.screen.contains("this key does nothing here; F1 lists the keys"))
  stage.press(.escape)
  for key in ["$", "\\", "%"] {
    stage.type(key)
    #expect(stage.screen.contains("this key does nothing here; ? lists the keys"), "\(key)")
  }
  stage.type("p")
  stage.type("#")
  #expect(stage.screen.contains("this key does nothing here"))
  #expect(stage.state.document.editor.text == "a brilliant film")
}

@Test func `the selected word stays selected when it is replaced, and so does a later one`() {
  var stage = Stage("a brilliant film but dull")
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  for _ in 0..<3 { stage.press(.right) }
  stage.answer()
  #expect(stage.state.currentUnit == 3)
  stage.type("w")
  stage.answer()
  stage.type("although")
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.document.editor.text == "a brilliant film although dull")
  #expect(stage.state.currentUnit == 3)
  // After undo the same place is selected, and also a word that is switched off.
  stage.type("u")
  stage.answer()
  #expect(stage.state.currentUnit == 3)
  for isOff in [true, false] {
    stage.type(" ")
    stage.answer()
    #expect(stage.state.currentUnit == 3 && stage.state.off.isEmpty != isOff)
  }
}

@Test func `the theme list offers no key without an effect`() {
  var stage = Stage("good")
  stage.press(.escape)
  stage.type("p")
  #expect(stage.rows.last?.contains("Tab") == false)
  #expect(stage.rows.last?.contains("Enter keep") == true)
}
