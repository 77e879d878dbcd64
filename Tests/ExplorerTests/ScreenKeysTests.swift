import Explorer
import TerminalUI
import Testing

private func key(of screen: Screen) -> Key {
  Key(.character(Character("\(screen.rawValue)")), .alt)
}

@Test func `Alt and a digit lead from the editor to each screen, and nothing is typed`() {
  for layer in LayerCatalog.standard.screens {
    var stage = Stage("good")
    stage.answer()
    stage.press(key(of: layer.screen))
    #expect(stage.state.screen == layer.screen)
    #expect(stage.state.explore.focus != .editor)
    #expect(stage.texts == ["good"])
  }
}

@Test func `Alt and a digit lead from every pane of every screen to every other`() {
  for from in LayerCatalog.standard.screens {
    for to in LayerCatalog.standard.screens {
      var stage = Stage.errors(20, summary: Lexicon.comparable)
      stage.press(key(of: from.screen))
      stage.answer()
      for pane in 0..<6 {
        var gone = stage
        gone.press(key(of: to.screen))
        #expect(gone.state.screen == to.screen, "\(from.title), pane \(pane)")
        stage.press(.tab)
      }
    }
  }
}

@Test func `from a filter that is typed Alt and a digit lead on, and the filter counts`() {
  var stage = Stage.errors(20)
  stage.type("/")
  stage.type("brilliant")
  stage.press(key(of: .explore))
  #expect(stage.state.screen == .explore)
  stage.press(key(of: .errors))
  stage.answer()
  #expect(stage.screen.contains(" of 20 rows") && !stage.screen.contains("20 of 20 rows"))
  // letters are commands again
  stage.type("x")
  stage.answer()
  #expect(stage.screen.contains("20 of 20 rows"))
}

@Test func `a filter that is none goes as it came`() {
  var stage = Stage.errors(20)
  stage.type("/")
  stage.type("p>>")
  stage.press(key(of: .explore))
  stage.press(key(of: .errors))
  stage.answer()
  #expect(!stage.screen.contains("p>>"))
  stage.type("1")
  #expect(stage.state.screen == .explore)
}

@Test func `while rows are labelled digits are labels and Alt and a digit a screen`() {
  var stage = Stage.errors(20)
  stage.type("L")
  stage.press(key(of: .compare))
  #expect(stage.state.screen == .compare)
}

@Test func `a prompt keeps the keys for itself`() {
  var stage = Stage("good")
  stage.answer()
  stage.control("p")
  stage.press(key(of: .errors))
  #expect(stage.state.screen == .explore && stage.screen.contains("Commands"))
}

@Test func `a second text has the same key in the editor and beside it`() {
  for leaves in [false, true] {
    var stage = Stage("good")
    stage.answer()
    if leaves { stage.press(.escape) }
    stage.press(.character("s"), .alt)
    #expect(stage.state.document.isPair)
    stage.press(.character("s"), .alt)
    #expect(!stage.state.document.isPair)
  }
}
