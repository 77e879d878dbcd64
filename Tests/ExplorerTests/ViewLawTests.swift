import Explorer
import TerminalUI
import TestSupport
import Testing

/// Reproducible pseudorandom numbers.
struct Dice {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// A number from 0 to `sides - 1`; 0 without sides.
  mutating func roll(_ sides: Int) -> Int {
    Int(random.next() % UInt64(max(1, sides)))
  }
}

@Test(arguments: [false, true])
func `every size has a picture of that size`(isPlain: Bool) {
  var stage = Stage("A brilliant film, but dull \u{1F44D}\u{1F3FD} \u{202E}", isPlain: isPlain)
  stage.answer()
  stage.load(Reviews.rows(50))
  let overlays: [[Key]] = [
    [], [Key(.function(1))], [Key(.character("p"), .control)],
    [Key(.escape), Key(.character("m"))], [Key(.escape), Key(.character("p"))],
    [Key(.escape), Key(.character("v")), Key(.tab)], [Key(.character("o"), .control)],
    [Key(.escape), Key(.character("3"))], [Key(.escape), Key(.character("4"))],
    [Key(.escape), Key(.character("3")), Key(.character("a"))],
    [Key(.escape), Key(.character("2"))], [Key(.escape), Key(.character("2")), Key(.tab)],
    [Key(.escape), Key(.character("2")), Key(.character("d")), Key(.tab)],
    [Key(.escape), Key(.character("2")), Key(.character("/")), Key(.character("q")), Key(.enter)],
    [Key(.function(5))], [Key(.escape), Key(.character("+"))],
    [Key(.escape), Key(.character("+")), Key(.tab)],
    [Key(.escape), Key(.character("2")), Key(.character("+"))],
    [Key(.escape), Key(.character("2")), Key(.tab), Key(.character("+"))],
    [Key(.escape), Key(.character("d"))],
    [Key(.escape), Key(.character("/")), Key(.character("a"))],
    [Key(.escape), Key(.character("2")), Key(.character("L"))],
  ]
  for keys in overlays {
    var stage = stage
    for key in keys { stage.press(key) }
    for columns in [1, 2, 3, 5, 10, 39, 59, 60, 61, 79, 80, 81, 109, 110, 111, 150, 200] {
      for rows in [1, 2, 3, 4, 10, 15, 16, 17, 23, 24, 25, 29, 30, 31, 60] {
        stage.send(.terminal(.resize(Size(columns: columns, rows: rows))))
        stage.answer()
        let frame = stage.state.picture.frame
        #expect(frame.size == Size(columns: columns, rows: rows))
        #expect(frame.cells.count == columns * rows)
      }
    }
  }
}

@Test func `a resize there and back leaves the same picture`() {
  var stage = Stage("A brilliant film, but dull")
  stage.answer()
  let before = stage.state.picture.frame
  for (columns, rows) in [(80, 24), (60, 16), (40, 10), (120, 36)] {
    stage.send(.terminal(.resize(Size(columns: columns, rows: rows))))
    stage.answer()
  }
  #expect(stage.state.picture.frame == before)
}

@Test func `a window that is too small says what it needs and still quits`() {
  var stage = Stage("good", columns: 40, rows: 10)
  #expect(stage.screen.contains("needs 60×16, have 40×10"))
  stage.press(.character("q"))
  #expect(stage.quits)
}

@Test(arguments: [1, 2, 3])
func `ten thousand random events neither trap nor lose text`(seed: UInt64) {
  var dice = Dice(seed: seed)
  var stage = Stage("A brilliant film")
  stage.load(Reviews.rows(40))
  let keys = Keymap.standard.bindings.flatMap(\.keys)
  let texts = ["a", "Z", " ", ".", "é", "中", "\u{200B}", "👨‍👩‍👧", "\u{301}", "\u{0}", "\u{1B}[31m"]
  for _ in 0..<10_000 {
    switch dice.roll(20) {
    case 0..<9: stage.press(keys[dice.roll(keys.count)])
    case 9..<13: stage.press(.character(Character(texts[dice.roll(9)])))
    case 13: stage.send(.terminal(.paste(texts[dice.roll(texts.count)] + "\n")))
    case 14:
      let size = Size(columns: 1 + dice.roll(200), rows: 1 + dice.roll(60))
      stage.send(.terminal(.resize(size)))
    case 15, 16:
      let actions: [Mouse.Action] = [.press, .drag, .release, .wheelUp, .wheelDown]
      stage.click(column: dice.roll(220) - 10, row: dice.roll(70) - 5, actions[dice.roll(5)])
    case 17: stage.answer()
    default: stage.answerNext()
    }
    if dice.roll(40) == 0 { _ = stage.state.picture }
    if stage.log.count > 500 { stage.forgetLog() }
    if stage.state.document.editor.text.utf8.count > 400 {
      stage.send(.terminal(.key(Key(.escape))))
      stage.control("u")
    }
  }
  // Whatever happened to the text, undo leads back to the beginning.
  stage.send(.terminal(.resize(Size(columns: 120, rows: 36))))
  for _ in 0..<8 { stage.press(.escape) }
  stage.press(.character("i"))
  for _ in 0..<1200 where stage.state.document.editor.canUndo { stage.control("_") }
  #expect(!stage.state.document.editor.canUndo)
}
