import Explorer
import TerminalUI
import TestSupport
import Testing

private let example =
  "The acting is brilliant and the score is gorgeous, but the story never quite works "
  + "and the ending is painfully predictable."

private func explored(
  _ columns: Int, _ rows: Int, isPlain: Bool = false,
  colors: TerminalAbilities.Colors = .indexed256
) -> Stage {
  var stage = Stage(example, columns: columns, rows: rows, isPlain: isPlain, colors: colors)
  stage.answer()
  return stage
}

@Test(arguments: [(120, 36), (80, 24), (60, 16), (40, 10)])
func `the explore screen looks as it was reviewed`(columns: Int, rows: Int) {
  let frame = explored(columns, rows).state.picture.frame
  #expect(snapshotProblem(frame, "explore-\(columns)x\(rows)") == nil)
}

@Test func `the token pane has the focus as it was reviewed`() {
  var stage = explored(120, 36)
  stage.press(.tab)
  stage.press(.tab)
  stage.press(.down)
  stage.answer()
  #expect(
    snapshotProblem(stage.state.picture.frame, "tokens-120x36", showsAttributes: true) == nil)
}

@Test func `without colours the sign row shows the scores`() {
  let stage = explored(120, 36, colors: .none)
  #expect(snapshotProblem(stage.state.picture.frame, "no-colours-120x36") == nil)
}

@Test func `plain mode is ASCII and shows the cursor at the focus`() {
  var stage = explored(100, 30, isPlain: true)
  stage.press(.tab)
  stage.answer()
  let frame = stage.state.picture.frame
  #expect(snapshotProblem(frame, "plain-100x30") == nil)
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
  #expect(frame.cursor != nil)
}

@Test func `an explainer without a sign has a ramp of its own`() {
  var stage = explored(120, 36)
  stage.control("x")
  stage.control("x")
  stage.answer()
  #expect(snapshotProblem(stage.state.picture.frame, "unsigned-120x36") == nil)
}

@Test func `values and special tokens are shown as they were reviewed`() {
  var stage = explored(120, 36)
  stage.press(.escape)
  stage.type("vS")
  #expect(snapshotProblem(stage.state.picture.frame, "values-120x36") == nil)
}

@Test func `help looks as it was reviewed`() {
  var stage = explored(80, 24)
  stage.press(.function(1))
  #expect(snapshotProblem(stage.state.picture.frame, "help-80x24") == nil)
}

@Test func `the palette looks as it was reviewed`() {
  var stage = explored(120, 36)
  stage.control("p")
  stage.type("occ")
  #expect(
    snapshotProblem(stage.state.picture.frame, "palette-120x36", showsAttributes: true) == nil)
}

@Test func `the method card looks as it was reviewed`() {
  var stage = explored(80, 24)
  stage.press(.escape)
  stage.press(.character("m"))
  #expect(snapshotProblem(stage.state.picture.frame, "card-80x24") == nil)
}

@Test func `before the model is loaded the frame is complete`() {
  let stage = Stage("good", isLoaded: false)
  #expect(snapshotProblem(stage.state.picture.frame, "loading-120x36") == nil)
}
