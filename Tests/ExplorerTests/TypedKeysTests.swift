import Explorer
import Glibc
import TerminalUI
import TestSupport
import Testing
import Workbench

private func keys(_ text: String) -> [Key] {
  text.map { $0 == "\n" ? Key(.enter) : Key(.character($0)) }
}

/// What the user sees and can undo, after all questions are answered.
private func outcome(_ stage: Stage) -> (screen: String, undoSteps: [String]) {
  var stage = stage
  stage.answer()
  let screen = stage.screen
  // Undo works outside the editor.
  stage.press(.escape)
  stage.type("1i")
  var steps: [String] = []
  for _ in 0...stage.state.document.editor.undoCount {
    steps.append(stage.state.document.editor.text)
    stage.press(.character("_"), .control)
  }
  return (screen, steps)
}

@Suite struct `keys that come at once` {
  @Test(arguments: [
    "a good film",
    "two  spaces,\na line end\n\nand e\u{301} 😀 clusters",
    " it begins with a space",
  ])
  func `say what they say one by one, and are undone alike`(_ text: String) {
    var single = Stage("It is ")
    for key in keys(text) { single.send(.terminal(.key(key))) }
    var joined = Stage("It is ")
    joined.send(.typed(keys(text)))
    let (expected, found) = (outcome(single), outcome(joined))
    #expect(found.screen == expected.screen)
    #expect(found.undoSteps == expected.undoSteps)
    #expect(expected.undoSteps.count > 2)
  }

  @Test(arguments: [
    // Leaves the editor: commands, the palette with its own field, and back.
    [Key(.escape), Key(.character("s")), Key(.character("i"))] + keys("good"),
    keys("a film") + [Key(.backspace), Key(.left)] + keys("never ") + [Key(.escape)] + keys("2"),
    [Key(.character("p"), .control)] + keys("mono") + [Key(.enter)] + keys("dull"),
    // Experiments belong to undo steps.
    [Key(.escape), Key(.character(" ")), Key(.character("i")), Key(.end)] + keys(" and fine"),
  ])
  func `do what they do one by one, whatever they are`(_ keys: [Key]) {
    var single = Stage("a brilliant film but dull")
    single.answer()
    var joined = single
    for key in keys { single.send(.terminal(.key(key))) }
    joined.send(.typed(keys))
    let (expected, found) = (outcome(single), outcome(joined))
    #expect(found.screen == expected.screen)
    #expect(found.undoSteps == expected.undoSteps)
    #expect(joined.state.session == single.state.session)
  }

  @Test func `ask the model once, however many they are`() {
    var stage = Stage("")
    stage.answer()
    let before = stage.log.count
    stage.send(.typed(keys(String(repeating: "a good film ", count: 2000))))
    #expect(stage.state.document.editor.text.utf8.count == 24_000)
    #expect(Array(stage.log[before...]).asked(Predict.self).count == 1)
  }

  /// Half a megabyte, as a terminal without bracketed paste sends it: four thousand keys per turn.
  @Test func `take time in proportion to their number`() {
    /// The CPU time of this thread in seconds, since other tests run in parallel.
    func time() -> Double {
      var now = timespec()
      unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
      return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
    }
    let turn = keys(String(repeating: "a good film ", count: 341))
    func seconds(turns: Int) -> Double {
      var stage = Stage("")
      stage.answer()
      let start = time()
      for _ in 0..<turns {
        stage.send(.typed(turn))
        stage.forget()
      }
      return time() - start
    }
    let (few, many) = (seconds(turns: 16), seconds(turns: 128))
    print("typed keys: \(few) s for 16 turns, \(many) s for 128")
    // Quadratic work would take 64 times as long.
    #expect(many < few * 24)
  }
}
