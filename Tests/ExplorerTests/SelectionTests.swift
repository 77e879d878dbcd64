import Attribution
import Explorer
import TerminalUI
import Testing
import Workbench

extension Stage {
  /// What is drawn as selected in the field that is typed into.
  fileprivate var selectedText: String {
    let picture = state.picture
    guard let area = picture.field else { return "" }
    return (0..<area.size.rows).flatMap { row in
      (0..<area.size.columns).map { column in
        picture.frame[
          Position(column: area.origin.column + column, row: area.origin.row + row)]
      }
    }.filter { $0.style.role == .selection }.map(\.cluster).joined()
  }

  /// The mouse at a cell of that field.
  fileprivate mutating func mouse(
    _ action: Mouse.Action, _ column: Int, _ row: Int = 0, at seconds: Double = 0
  ) {
    guard let area = state.picture.field else { return }
    let place = Position(column: area.origin.column + column, row: area.origin.row + row)
    _ = state.update(.terminal(.mouse(Mouse(action, at: place))), at: seconds)
  }

  /// What stands in a prompt of one line.
  fileprivate var fieldText: String {
    let picture = state.picture
    guard let area = picture.field else { return "" }
    return (0..<area.size.columns).map {
      picture.frame[Position(column: area.origin.column + $0, row: area.origin.row)].cluster
    }.joined()
  }
}

@Suite struct SelectionTests {
  private func explored(_ text: String = "a brilliant film") -> Stage {
    var stage = Stage(text)
    stage.answer()
    return stage
  }

  @Test func `shift and an arrow select, which is seen and said`() {
    var stage = explored()
    #expect(stage.selectedText.isEmpty && !stage.screen.contains("selected  ln"))
    for _ in 0..<4 { stage.press(.left, .shift) }
    #expect(stage.selectedText == "film" && stage.screen.contains("4 selected  ln 1 col 13"))
    stage.press(.left, [.control, .shift])
    #expect(stage.selectedText == "brilliant film")
    stage.press(.right)
    #expect(stage.selectedText.isEmpty && stage.state.document.editor.cursor == 16)
    stage.press(.character("a"), .alt)
    #expect(stage.selectedText == "a brilliant film")
  }

  @Test func `a screen reader is told how much is selected`() {
    var stage = Stage("a film", isPlain: true)
    stage.answer()
    #expect(stage.screen.contains("Focus: text."))
    stage.press(.left, .shift)
    stage.press(.left, .shift)
    #expect(stage.screen.contains("Focus: text. 2 characters selected."))
  }

  @Test func `what is typed replaces the selection, and one undo brings it back`() {
    var stage = explored()
    for _ in 0..<4 { stage.press(.left, .shift) }
    stage.forget()
    stage.type("plot")
    #expect(stage.state.document.editor.text == "a brilliant plot")
    #expect(stage.asked(Predict.self).map(\.text.text).last == "a brilliant plot")
    stage.control("_")
    #expect(stage.state.document.editor.text == "a brilliant film" && stage.selectedText.isEmpty)
    stage.press(.character("a"), .alt)
    stage.send(.terminal(.paste("two\nlines")))
    #expect(stage.state.document.editor.text == "two\nlines")
    stage.control("_")
    #expect(stage.state.document.editor.text == "a brilliant film")
  }

  @Test func `keys that arrive at once replace the selection too`() {
    var stage = explored()
    stage.press(.character("a"), .alt)
    stage.send(.typed("so it is".map { Key(.character($0)) }))
    #expect(stage.state.document.editor.text == "so it is")
  }

  @Test func `Esc ends the selection first and leaves the editor then`() {
    var stage = explored()
    stage.press(.character("a"), .alt)
    stage.press(.escape)
    #expect(stage.selectedText.isEmpty && stage.state.explore.focus == .editor)
    stage.press(.escape)
    #expect(stage.state.explore.focus == .heatmap)
    stage.type("i")
    stage.press(.left, .shift)
    // a prompt that has nothing selected closes at once, and leaves what is selected below it
    stage.control("p")
    stage.press(.escape)
    #expect(stage.state.overlay == nil && stage.selectedText == "m")
  }

  @Test func `a selection ends with the focus and with edits from elsewhere`() {
    let leave: [(inout Stage) -> Void] = [
      { $0.press(.tab) }, { $0.control("_") },
      { $0.send(.terminal(.resize(Size(columns: 20, rows: 5)))) },
      { stage in
        stage.control("p")
        stage.type("example-text")
        stage.press(.enter)
      },
    ]
    for change in leave {
      var stage = explored()
      stage.type("!")
      stage.press(.character("a"), .alt)
      change(&stage)
      #expect(stage.state.document.editor.selection == nil)
      #expect(!stage.state.document.editor.text.isEmpty)
    }
  }

  @Test func `the selection is copied, and cut to where Ctrl-Y finds it`() {
    var stage = explored()
    stage.press(.left, [.control, .shift])
    stage.press(.character("y"), .alt)
    #expect(stage.copied == "film" && stage.selectedText == "film")
    stage.send(.copied(route: "copied 4 bytes"))
    #expect(stage.state.message?.text == "copied 4 bytes")
    stage.press(.delete, .shift)
    #expect(stage.copied == "film" && stage.state.document.editor.text == "a brilliant ")
    stage.press(.home)
    stage.control("y")
    #expect(stage.state.document.editor.text == "filma brilliant ")
    stage.forget()
    stage.press(.delete, .shift)
    #expect(stage.copied == nil && stage.screen.contains("nothing is selected"))
    #expect(stage.state.document.editor.text == "filma brilliant ")
  }

  @Test func `the mouse selects while it is held, and only what was begun in the editor`() throws {
    var stage = explored()
    stage.mouse(.press, 2)
    stage.mouse(.drag, 6)
    #expect(stage.selectedText == "bril")
    stage.mouse(.drag, 11)
    stage.mouse(.release, 11)
    #expect(stage.selectedText == "brilliant")
    stage.mouse(.drag, 14)
    #expect(stage.selectedText == "brilliant")
    stage.type("dull")
    #expect(stage.state.document.editor.text == "a dull film")
    stage.answer()
    // from the heatmap into the editor: a phrase, or nothing
    let word = try #require(stage.rows.lastIndex { $0.contains("a dull film") })
    let place = try #require(stage.position(of: "a dull film"))
    #expect(place.row < word)
    stage.click(column: place.column + 8, row: word)
    #expect(stage.state.explore.focus == .heatmap)
    stage.click(column: place.column + 2, row: place.row, .drag)
    stage.click(column: place.column + 2, row: place.row, .release)
    #expect(stage.state.document.editor.selection == nil)
    #expect(stage.state.explore.focus == .heatmap && stage.state.explore.selectedUnit == 2)
  }

  @Test func `a drag from the editor selects nothing beside it`() throws {
    var stage = explored()
    stage.mouse(.press, 2)
    let word = try #require(stage.rows.lastIndex { $0.contains("a brilliant film") })
    stage.click(column: 4, row: word, .drag)
    stage.click(column: 4, row: word, .release)
    #expect(stage.state.explore.focus == .editor && stage.state.document.editor.selection != nil)
  }

  @Test func `two quick clicks select the word, three the line`() {
    var stage = explored("a brilliant film\nbut dull")
    stage.mouse(.press, 4, at: 10)
    stage.mouse(.release, 4, at: 10.1)
    stage.mouse(.press, 4, at: 10.2)
    #expect(stage.selectedText == "brilliant")
    // the hand is not quite still
    stage.mouse(.drag, 5, at: 10.25)
    stage.mouse(.release, 5, at: 10.3)
    #expect(stage.selectedText == "brilliant")
    stage.mouse(.press, 4, at: 10.5)
    #expect(stage.selectedText == "a brilliant film")
    stage.mouse(.press, 4, at: 10.6)
    #expect(stage.selectedText.isEmpty && stage.state.document.editor.cursor == 4)
    // too slow, and at another place
    stage.mouse(.press, 4, at: 12)
    stage.mouse(.press, 6, at: 12.1)
    #expect(stage.selectedText.isEmpty && stage.state.document.editor.cursor == 6)
  }

  /// What opens each field of one line, from Explore or from Errors.
  @Test(arguments: [
    (1, ":"), (1, "O"), (1, "E"), (1, "N"), (1, "w"), (1, "/"), (1, "?/"), (2, "/"), (2, "l"),
    (2, "l\t"),
  ])
  func `every prompt has what the editor has`(screen: Int, keys: String) throws {
    var stage = screen == 1 ? explored() : Stage.errors()
    if screen == 1 { stage.press(.escape) }
    for key in keys { stage.press(key == "\t" ? Key(.tab) : Key(.character(key))) }
    stage.press(.end)
    stage.control("u")
    stage.type("film")
    #expect(stage.fieldText.hasPrefix("film "))
    for _ in 0..<3 { stage.press(.left, .shift) }
    #expect(stage.selectedText == "ilm")
    stage.press(.character("y"), .alt)
    #expect(stage.copied == "ilm")
    stage.type("u")
    #expect(stage.fieldText.hasPrefix("fu "))
    stage.mouse(.press, 0, at: 5)
    stage.type("s")
    #expect(stage.fieldText.hasPrefix("sfu "))
    stage.mouse(.press, 1, at: 6)
    stage.mouse(.drag, 40, at: 6.1)
    stage.mouse(.release, 40, at: 6.2)
    #expect(stage.selectedText == "fu")
    stage.press(.backspace)
    #expect(stage.fieldText.hasPrefix("s "))
    stage.press(.character("a"), .alt)
    // the first Esc keeps the prompt open
    stage.press(.escape)
    #expect(stage.selectedText.isEmpty && stage.fieldText.hasPrefix("s "))
    stage.press(.escape)
    #expect(!stage.fieldText.hasPrefix("s "))
  }

  @Test func `without a selection a prompt copies what is typed`() {
    var stage = explored()
    stage.control("p")
    stage.press(.character("y"), .alt)
    #expect(stage.copied == nil)
    stage.type("theme")
    stage.press(.character("y"), .alt)
    #expect(stage.copied == "theme")
  }

  @Test func `a click on a line of a list below a field still takes the line`() throws {
    var stage = explored()
    stage.control("p")
    stage.type("occlusion")
    let place = try #require(stage.position(of: "explainer occlusion"))
    stage.click(column: place.column, row: place.row)
    #expect(stage.state.overlay == nil && stage.state.settings.method == "occlusion")
    #expect(stage.state.document.editor.cursor == 16)
  }

  @Test func `each of two texts has a selection of its own while it is typed into`() {
    var stage = Stage("good film", pair: "dull plot")
    stage.press(.left, [.control, .shift])
    #expect(stage.selectedText == "plot")
    stage.press(.tab, .shift)
    #expect(stage.selectedText.isEmpty)
    stage.press(.left, [.control, .shift])
    stage.type("x")
    #expect(stage.texts == ["good x", "dull plot"])
  }
}
