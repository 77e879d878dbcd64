import Explorer
import TerminalUI
import Testing

/// Characters that none of Debian's console fonts has (Lat15 of Fixed, Terminus and VGA, by their
/// tables).
private let missing = Set("▉▊▋▌▍▎▏▐▁▂▃▄▅▆▇ΔΣρ²✓◐".map(String.init))

private func problems(_ stage: Stage) -> [String] {
  let frame = stage.state.picture.frame
  let shown = Set(frame.cells.map(\.cluster))
  let braille = shown.filter { ("\u{2800}"..."\u{28FF}").contains($0) }
  return shown.intersection(missing).union(braille).sorted()
}

@Test(arguments: [(120, 36), (80, 24)])
func `the Linux console's fonts have every sign that is shown`(columns: Int, rows: Int) {
  let console = TerminalAbilities(colors: .ansi8, isConsole: true)
  var stage = Stage("a brilliant film but painfully dull", columns: columns, rows: rows)
  stage.send(.abilities(console))
  stage.answer()
  #expect(problems(stage).isEmpty, "Explore")
  stage.press(.escape)
  for key in ["d", "f", "z", "n", "H", "A", "3", "4"] {
    stage.type(key)
    stage.answer()
    #expect(problems(stage).isEmpty, "\(key)")
  }
  var errors = Stage.errors(columns: columns, rows: rows)
  errors.send(.abilities(console))
  for _ in 0..<10 {
    errors.type("d")
    errors.answer()
    #expect(problems(errors).isEmpty, "\(errors.screen)")
  }
}
