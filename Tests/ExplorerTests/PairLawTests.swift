import Explorer
import TerminalUI
import Testing
import Tokenizers

@Suite struct PairLawTests {
  @Test(arguments: [0, 1] as [Int])
  func `nothing that is typed into one text changes the other`(part: Int) {
    var dice = Dice(seed: UInt64(11 + part))
    var stage = Stage("A brilliant film,\nand good", pair: "a dull plot\nbut good")
    if part == 0 { stage.press(.tab, .shift) }
    let other = stage.texts[1 - part]
    let keys = EditorCommand.defaultKeys.map(\.key)
    let texts = ["a", " ", "\n", "é", "中", "good", "\u{301}"]
    for _ in 0..<1500 {
      switch dice.roll(4) {
      case 0: stage.press(keys[dice.roll(keys.count)])
      case 1: stage.send(.terminal(.paste(texts[dice.roll(texts.count)])))
      case 2: stage.type(["x", " ", "Z"][dice.roll(3)])
      default: stage.answerNext()
      }
      #expect(stage.texts[1 - part] == other)
      #expect(stage.state.document.part == part)
    }
  }

  @Test(arguments: [7, 8] as [UInt64])
  func `random events on two texts neither trap nor paint outside them`(seed: UInt64) {
    var dice = Dice(seed: seed)
    var stage = Stage("A brilliant film", pair: "never dull")
    let keys = Keymap.standard.bindings.filter { $0.command != .quit }.flatMap(\.keys)
    let texts = ["a", " ", "é", "中", "\u{301}", "👨‍👩‍👧", "\n"]
    for _ in 0..<4000 {
      switch dice.roll(12) {
      case 0..<5: stage.press(keys[dice.roll(keys.count)])
      case 5..<8: stage.send(.terminal(.paste(texts[dice.roll(texts.count)])))
      case 8: stage.press(.tab)
      case 9:
        let size = Size(columns: 1 + dice.roll(160), rows: 1 + dice.roll(50))
        stage.send(.terminal(.resize(size)))
      case 10: stage.click(column: dice.roll(160), row: dice.roll(50))
      default: stage.answer()
      }
      let document = stage.state.document
      #expect(document.experiment.off.allSatisfy { $0.upperBound <= document.text.utf8.count })
      if let pair = document.texts.pair {
        let border = document.texts.text.utf8.count
        #expect(document.experiment.off.allSatisfy { !$0.contains(border) })
        #expect(document.text.utf8.count == border + 1 + pair.utf8.count)
      }
      if dice.roll(20) == 0 { _ = stage.state.picture }
      if stage.log.count > 500 { stage.forgetLog() }
    }
  }

  @Test func `ranges of one text stay where they are while the other is edited`() {
    let old = JoinedTexts(text: "a", pair: "b\nb")
    let move = CarriedTexts(from: old, to: JoinedTexts(text: "a\nb", pair: "b\nb"))
    #expect(move.range(0..<1) == 0..<1)
    #expect(move.range(2..<3) == 4..<5)
    #expect(move.range(4..<5) == 6..<7)
    let closed = CarriedTexts(from: old, to: JoinedTexts(text: "a"))
    #expect(closed.range(0..<1) == 0..<1 && closed.range(2..<3) == nil)
  }
}
