import Explorer
import TerminalUI
import Testing
import Workbench

@Suite struct `texts from earlier` {
  private func stage(_ texts: [String]) -> Stage {
    var session = Session(text: "a brilliant film", cursor: 0)
    session.texts = texts.map { KeptText($0) }
    var stage = Stage(session: session)
    stage.answer()
    return stage
  }

  @Test func `stand before those of this session, and Enter takes one`() {
    var stage = stage(["the first", "the second"])
    stage.press(.escape)
    stage.type("H")
    #expect(stage.screen.contains("step 3 of 3"))
    let rows = stage.rows.filter { $0.contains("earlier") }
    #expect(rows.count == 2 && rows[0].contains("the first") && rows[1].contains("the second"))
    stage.press(.up)
    #expect(stage.screen.contains("step 2 of 3, a text from an earlier session: Enter restores it"))
    #expect(stage.rows[2].contains("a brilliant film"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.document.editor.text == "the second")
    stage.press(.character("u"))
    stage.answer()
    #expect(stage.state.document.editor.text == "a brilliant film")
  }

  @Test func `are told apart if they begin alike`() {
    let start = String(repeating: "the same long beginning ", count: 5)
    var stage = stage([start + "of one", start + "of another", "short"])
    stage.press(.escape)
    stage.type("H")
    let rows = stage.rows.filter { $0.contains("earlier") }.map { $0.prefix(78) }
    #expect(rows[0].contains("… ") && rows[0].contains("of one"))
    #expect(rows[1].contains("… ") && rows[1].contains("of another"))
    #expect(!rows[2].contains("…") && rows[2].contains("short"))
  }

  @Test func `are kept for the next session, with those of this one`() {
    var stage = stage(["the first"])
    stage.press(.end)
    stage.type(" never")
    stage.answer()
    #expect(
      stage.state.session.texts == ["the first", "a brilliant film", "a brilliant film never"])
  }

  @Test func `stay when another model is opened`() {
    var stage = stage(["the first"])
    stage.load(Lexicon.summary)
    stage.answer()
    #expect(stage.state.session.texts?.prefix(2) == ["the first", "a brilliant film"])
  }

  @Test func `are left alone by Escape`() {
    var stage = stage(["the first"])
    stage.press(.escape)
    stage.type("H")
    stage.press(.up)
    stage.press(.escape)
    #expect(stage.screen.contains("back to the present text"))
    #expect(stage.state.document.editor.text == "a brilliant film")
  }
}

@Suite struct `a session that can't be saved` {
  @Test func `is asked about before the end`() {
    var stage = Stage("my text")
    stage.control("q")
    #expect(stage.log.last == .saveAndQuit(stage.state.session))
    stage.send(.saveFailed(reason: "no space left on device"))
    #expect(
      stage.screen.contains(
        "the text could not be saved: no space left on device; quit and lose it? y/n"))
    stage.type("n")
    #expect(!stage.log.contains(.quit(status: 0)))
    stage.type("!")
    #expect(stage.state.document.editor.text == "my text!")
    stage.control("q")
    stage.send(.saveFailed(reason: "no space left on device"))
    stage.type("y")
    #expect(stage.log.last == .quit(status: 0))
  }
}
