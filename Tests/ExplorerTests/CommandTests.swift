import Explorer
import TerminalUI
import Testing
import Workbench

@Test func `the next explainer is explained and named in the title`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  #expect(stage.screen.contains("Why positive? · integrated gradients"))
  stage.control("x")
  #expect(stage.state.settings.method == "occlusion")
  stage.answer()
  #expect(stage.screen.contains("Why positive? · occlusion"))
}

@Test func `an explainer that paints the same map is reported`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  #expect(!stage.screen.contains("the same picture"))
  stage.answer()
  #expect(
    stage.screen.contains("the same picture as integrated gradients, to within 0.01 of the scale"))
  // The stored result is shown at once.
  stage.press(.character("x"), .alt)
  #expect(stage.screen.contains("the same picture as occlusion, to within 0.01 of the scale"))
  stage.control("x")
  stage.control("x")
  stage.answer()
  #expect(stage.screen.contains("explainer: intrinsic attention"))
  #expect(!stage.screen.contains("the same picture"))
}

@Test func `explainers that do not apply are skipped, and say why when chosen`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  stage.control("x")
  #expect(stage.state.settings.method == "intrinsic-attention")
  stage.control("p")
  stage.type("explainer grad-cam")
  stage.press(.enter)
  #expect(stage.state.settings.method == "intrinsic-attention")
  #expect(stage.screen.contains("Grad-CAM needs the outputs of a recurrent layer"))
}

@Test func `the next class reverses the signs`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  stage.control("t")
  stage.answer()
  #expect(stage.screen.contains("Why negative?"))
  #expect(stage.paint(of: "brilliant") == [.heat(-5)])
}

@Test func `going back to an explainer computes nothing again`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  stage.answer()
  stage.forget()
  stage.press(.character("x"), .alt)
  #expect(stage.log.isEmpty)
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
}

@Test func `under a new title no scores of the old explainer are painted`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  // Under their own title they stay until the answer, which is only a moment away.
  #expect(!stage.screen.contains("Why positive? · occlusion"))
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
  _ = stage.state.update(.tick(opened: nil), at: 0.25)
  #expect(stage.screen.contains("Why positive? · occlusion"))
  #expect(stage.paint(of: "brilliant") == [.text])
}

@Test func `escape cancels the running job and says so`() {
  var stage = Stage("a brilliant film")
  stage.answerNext()
  stage.press(.escape)
  #expect(stage.state.explanations.job != nil)
  stage.press(.escape)
  #expect(stage.state.explanations.job == nil)
  #expect(stage.log.contains(.cancel(.explanation)))
  #expect(stage.screen.contains("cancelled after 0 passes"))
  stage.forget()
  stage.press(.character("r"))
  #expect(stage.state.explanations.job != nil)
}

@Test func `control c cancels first and quits when pressed again`() {
  var stage = Stage("a brilliant film")
  stage.answerNext()
  stage.control("c")
  #expect(stage.log.last == .cancel(.explanation))
  stage.control("c")
  #expect(stage.log.last == .saveAndQuit(stage.state.session))
}

@Test func `a key between two control c makes the second one the first`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("c")
  stage.type("x")
  stage.control("c")
  #expect(!stage.quits)
}

@Test func `q types in the editor and quits elsewhere`() {
  var stage = Stage("")
  stage.press(.character("q"))
  #expect(stage.state.document.editor.text == "q")
  stage.press(.escape)
  stage.press(.character("q"))
  #expect(stage.log.last == .saveAndQuit(stage.state.session))
}

@Test func `help lists every binding and escape leaves the screen as it was`() {
  var stage = Stage("a brilliant film", rows: 36)
  stage.answer()
  let before = stage.state.picture.frame
  stage.press(.function(1))
  var seen = ""
  for _ in 0..<Keymap.standard.bindings.count {
    seen += stage.screen
    stage.press(.character("j"))
    stage.press(.character("j"))
    stage.press(.character("j"))
  }
  for binding in Keymap.standard.bindings {
    #expect(seen.contains(binding.help), "\(binding.help)")
  }
  stage.press(.escape)
  #expect(stage.state.picture.frame == before)
  #expect(stage.state.document.editor.text == "a brilliant film")
}

@Test func `a slash filters help`() {
  var stage = Stage("", rows: 36)
  stage.press(.escape)
  stage.type("?/palette")
  #expect(stage.screen.contains("palette: commands, explainers, classes, themes"))
  #expect(!stage.screen.contains("suspend to the shell"))
  stage.press(.escape)
  #expect(stage.screen.contains("quit"))
  stage.press(.escape)
  #expect(!stage.screen.contains("Esc closes"))
}

@Test func `the command line completes a word and then its values`() {
  var stage = Stage("")
  stage.press(.escape)
  stage.type(":next-e")
  stage.press(.tab)
  #expect(stage.screen.contains(":next-explainer"))
  stage.press(.escape)
  stage.type(":theme ")
  stage.press(.tab)
  #expect(stage.screen.contains(":theme dark"))
  stage.press(.tab)
  #expect(stage.screen.contains(":theme high-contrast"))
  stage.press(.enter)
  #expect(stage.log.contains(.useTheme("high-contrast")))
  #expect(stage.screen.contains("theme high-contrast"))
}

@Test func `the palette finds entries by letters in order, and marks the letters`() throws {
  var stage = Stage("")
  stage.control("p")
  stage.type("occ")
  let place = try #require(stage.position(of: "explainer occlusion"))
  let frame = stage.state.picture.frame
  let marked = (0..<19).filter {
    frame[Position(column: place.column + $0, row: place.row)].style.attributes.contains(.bold)
  }
  #expect(marked == [10, 11, 12])
  stage.press(.enter)
  #expect(stage.state.settings.method == "occlusion")
}

@Test func `the theme list previews a theme and escape restores the old one`() {
  var stage = Stage("")
  stage.press(.escape)
  stage.press(.character("p"))
  stage.press(.down)
  #expect(stage.log.last == .useTheme("high-contrast"))
  stage.press(.escape)
  #expect(stage.log.last == .useTheme("dark"))
  #expect(stage.state.terminal.theme == "dark")
  #expect(stage.state.session.theme == nil)
  stage.press(.character("p"))
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.state.session.theme == "high-contrast")
}

@Test func `crashes on purpose are found only by name`() {
  var stage = Stage("")
  stage.press(.escape)
  stage.type(":crash")
  #expect(!stage.screen.contains("debug crash"))
  stage.press(.escape)
  stage.type(":debug crash abort")
  stage.press(.enter)
  #expect(stage.log.last == .crash(.abort))
}

@Test func `the command of the picture is shown and copied`() {
  var stage = Stage("it's brilliant")
  stage.answer()
  stage.press(.escape)
  stage.press(.character("Y"))
  let command =
    #"whylight explain --method integrated-gradients --target positive 'it'\''s brilliant'"#
  #expect(stage.state.shellCommand == command)
  #expect(stage.log.last == .copy(.text(command)))
}

@Test func `a command names the tokenizer that the model was opened with`() {
  var summary = Lexicon.comparable
  summary.argument = "/models/bace.pkl --tokenizer [BOS] smiles"
  var stage = Stage("brilliant", summary: summary)
  stage.answer()
  stage.press(.escape)
  stage.press(.character("Y"))
  let model = "--model /models/bace.pkl --tokenizer '[BOS] smiles'"
  #expect(stage.state.shellCommand?.hasPrefix("whylight explain \(model) --method") == true)
}

@Test func `a copied command contains nothing that acts on a terminal when it is pasted`() {
  // ESC [201~ ends a bracketed paste.
  var stage = Stage("it's\u{1B}[201~\u{202E}\\1")
  stage.answer()
  stage.press(.escape)
  stage.press(.character("y"))
  let text = #"$'it\'s\033[201~\342\200\256\\1'"#
  #expect(
    stage.state.shellCommand
      == "whylight explain --method integrated-gradients --target negative " + text)
}

@Test func `the session contains what is on the screen and is restored`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  stage.control("t")
  stage.press(.left)
  let session = stage.state.session
  var expected = Session(
    text: "a brilliant film", cursor: 15, explainer: "occlusion", targetClass: "negative",
    theme: nil, recentModels: ["lexicon"])
  expected.screen = 1
  expected.dataSessions = KeptDataSessions()
  expected.texts = session.texts
  #expect(session == expected)
  let again = Stage(session: session)
  #expect(again.state.session == session)
}

@Test func `a signal saves the session before the end`() {
  var stage = Stage("text")
  stage.send(.terminate(status: 143))
  #expect(stage.log.suffix(2) == [.save(stage.state.session), .quit(status: 143)])
}

@Test func `many tokens are explained only when asked for`() {
  var stage = Stage("")
  stage.send(.terminal(.paste(String(repeating: "w ", count: 5000))))
  stage.answer()
  #expect(stage.state.explanations.job == nil && stage.state.explanations.shown == nil)
  #expect(stage.screen.contains("5,001 tokens: above 4,096 Whylight waits"))
  #expect(stage.screen.contains("Press Esc, then r"))
  stage.press(.escape)
  #expect(!stage.screen.contains("Press Esc, then r"))
  stage.press(.character("r"))
  stage.answer()
  #expect(stage.state.explanations.shown != nil)
}
