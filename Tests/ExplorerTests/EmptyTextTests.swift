import Explorer
import TerminalUI
import Testing
import Workbench

@Test(arguments: ["", "  \n "], [(120, 36), (80, 24), (60, 16)])
func `without a text the screen says only what to do`(text: String, size: (Int, Int)) {
  var stage = Stage(text, columns: size.0, rows: size.1)
  stage.answer()
  let screen = stage.screen
  #expect(screen.contains("Type or paste a text"))
  for number in ["0.5", "0.4", "0.00", "+0.000", "-0.000", "as random", "add up"] {
    #expect(!screen.contains(number), "\(number)")
  }
  #expect(stage.asked(Explain.self).isEmpty && stage.asked(MeasureTrust.self).isEmpty)
}

@Test func `a deleted text leaves no map, and an example is offered`() {
  var stage = Stage("dull")
  stage.answer()
  stage.control("u")
  stage.answer()
  #expect(stage.state.explanations.shown == nil && !stage.screen.contains("negative 0."))
  stage.control("p")
  stage.type("example-text")
  stage.press(.enter)
  stage.answer()
  #expect(
    stage.state.document.editor.text == Session.example && stage.state.explanations.shown != nil)
  stage.press(.escape)
  stage.type("u")
  #expect(stage.state.document.editor.text.isEmpty)
  #expect(stage.screen.contains("Press i, then type or paste a text"))
}

@Test func `the first letter is not compared with the empty text`() {
  var stage = Stage("")
  stage.answer()
  stage.type("g")
  stage.answer()
  #expect(!stage.screen.contains("last edit changed p"))
  stage.type("o")
  stage.answer()
  #expect(stage.screen.contains("last edit changed p by"))
}
