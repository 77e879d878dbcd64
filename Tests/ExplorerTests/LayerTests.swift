import Explorer
import TerminalUI
import Testing
import Workbench

/// A catalogue with an additional screen and overlay: each is one file, and one line here.
private let extended = LayerCatalog(
  screens: LayerCatalog.standard.screens + [CounterScreen.self],
  overlays: LayerCatalog.standard.overlays + [EchoPrompt.self])

private func stage() -> Stage {
  var stage = Stage("good", catalog: extended)
  stage.answer()
  stage.press(.escape)
  return stage
}

@Test func `a screen is a file and a line: its key, tab, hints, help and palette come with it`() {
  var stage = stage()
  #expect(stage.screen.contains("9 Counter"))
  stage.press(.character("9"))
  #expect(stage.screen.contains("count 0") && stage.screen.contains("+ count"))
  stage.type("++")
  #expect(stage.screen.contains("count 2") && stage.screen.contains("counted"))
  stage.press(.character("?"))
  #expect(stage.screen.contains("On Counter"))
  stage.press(.escape)
  stage.press(.character(":"))
  stage.type("Counter")
  #expect(stage.screen.contains("how often + was pressed"))
  stage.press(.escape)
  stage.press(.character("q"))
  #expect(!stage.quits && !stage.screen.contains("count 2"))
  // Its data are still there when the user comes back.
  stage.press(.character("9"))
  #expect(stage.screen.contains("count 2"))
}

@Test func `a screen lays itself out, is clicked on, and asks questions of its own`() throws {
  var stage = stage()
  func asked() -> [(ticket: Ticket, question: CountLetters)] {
    stage.log.compactMap { effect in
      guard case .ask(let ticket, let any) = effect, let question = any.base as? CountLetters
      else { return nil }
      return (ticket, question)
    }
  }
  #expect(asked().isEmpty)
  stage.press(.character("9"))
  let first = try #require(asked().last)
  #expect(first.question.text == "good" && !stage.screen.contains("letters"))
  stage.send(.answer(first.ticket, try Lexicon.answer(to: first.question)))
  #expect(stage.screen.contains("count 0, 4 letters") && asked().count == 1)
  let place = try #require(stage.position(of: "count 0"))
  stage.click(column: place.column, row: place.row)
  #expect(stage.screen.contains("count 10, 4 letters"))
  // Its result for another text is dropped, and requested again when the screen is visible.
  stage.type("ix")
  stage.press(.escape)
  #expect(asked().count == 1)
  stage.press(.character("9"))
  #expect(asked().last?.question.text == "goodx" && asked().count == 2)
  #expect(stage.screen.contains("count 10") && !stage.screen.contains("letters"))
}

@Test
func `an overlay is a file and a line: it receives the keys, and its action is in the palette`() {
  var stage = stage()
  stage.press(.character("&"))
  #expect(stage.screen.contains("Echo"))
  stage.type("q?9")
  #expect(stage.screen.contains("say: q?9"))
  stage.press(.enter)
  #expect(stage.screen.contains("echo q?9") && !stage.screen.contains("say: "))
  stage.press(.character(":"))
  stage.type("echo")
  stage.press(.enter)
  #expect(stage.screen.contains("Echo"))
  stage.press(.escape)
  #expect(!stage.screen.contains("say: "))
}

@Test func `a use of a model is a value of the screen that asks for one`() {
  var stage = stage()
  stage.press(.character("9"))
  stage.press(.character("M"))
  #expect(stage.screen.contains("A model that counts"))
  stage.type("abacus")
  stage.press(.enter)
  #expect(stage.screen.contains("abacus counts") && !stage.screen.contains("A model that counts"))
}

@Test func `every key that a layer lists works somewhere`() {
  let listed =
    extended.screens.flatMap { $0.bindings } + extended.overlays.flatMap { $0.bindings }
  for binding in listed {
    #expect(
      extended.keymap.bindings.contains { $0.help == binding.help && $0.keys == binding.keys },
      "\(binding.help)")
  }
}

@Test func `no key of an extended catalogue means two things`() {
  for chain in extended.keymap.chains {
    let keys = extended.keymap.bindings.filter { chain.contains($0.context) }.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }
}
