import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `the errors screen looks as it was reviewed`(columns: Int, rows: Int) {
  var stage = Stage.errors(columns: columns, rows: rows)
  stage.type("/gold!=pred p>0.6")
  stage.press(.enter)
  stage.answer()
  #expect(snapshotProblem(stage.state.picture.frame, "errors-\(columns)x\(rows)") == nil)
}

@Test func `the errors screen is ASCII in plain mode`() {
  var stage = Stage.errors(columns: 120, rows: 36, isPlain: true)
  stage.press(.tab)
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
}

// Behaviour 11 of the terminal's forty.
@Test func `a query shows only its rows and counts them`() throws {
  var stage = Stage.errors()
  #expect(stage.screen.contains("200 of 200 rows"))
  stage.type("/gold!=pred p>0.6")
  stage.press(.enter)
  stage.answer()
  let table = try #require(stage.state.examples)
  let expected = try table.view(Query("gold!=pred p>0.6")).rows
  #expect(!expected.isEmpty && expected.count < 200)
  #expect(stage.screen.contains("\(expected.count) of 200 rows"))
  stage.type("x")
  stage.answer()
  #expect(stage.screen.contains("200 of 200 rows"))
}

@Test func `an error in a query has a caret under it and changes nothing`() throws {
  var stage = Stage.errors()
  stage.type("/gold!=pred q>1")
  stage.press(.enter)
  stage.answer()
  let place = try #require(stage.position(of: "q>1"))
  let caret = try #require(stage.position(of: "^"))
  #expect(caret == Position(column: place.column, row: place.row + 1))
  #expect(
    stage.screen.contains("there is no field 'q'") && stage.screen.contains("200 of 200 rows"))
  // It can be corrected in place.
  stage.press(.backspace)
  stage.press(.backspace)
  stage.press(.backspace)
  stage.type("p>0.1")
  stage.press(.enter)
  stage.answer()
  #expect(!stage.rows[2].contains("^") && !stage.screen.contains("200 of 200 rows"))
}

@Test func `leaving the filter discards what was typed`() {
  var stage = Stage.errors()
  stage.type("/p>2")
  stage.press(.escape)
  stage.answer()
  #expect(stage.screen.contains("200 of 200 rows") && !stage.screen.contains("p>2"))
}

// Behaviour 12.
@Test func `thirty keys go thirty rows down`() throws {
  var stage = Stage.errors()
  stage.type("ooooo")  // by row
  stage.answer()
  stage.type("o")
  stage.answer()
  let order = try #require(stage.state.examples).view(Query(""), order: .loss).rows
  for _ in 0..<30 { stage.type("j") }
  #expect(stage.cursorLine.contains(" \(order[30]) "))
}

// Behaviour 13.
@Test func `Enter opens a row with its label, and Esc returns to the same place`() throws {
  var stage = Stage.errors()
  for _ in 0..<40 { stage.type("j") }
  stage.answer()
  let before = stage.state.picture.frame
  let order = try #require(stage.state.examples).view(Query(""), order: .loss).rows
  let text = try #require(stage.state.examples)[order[40]].text
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.screen == .explore)
  #expect(stage.screen.contains("gold "))
  #expect(stage.state.document.editor.text == text)
  stage.press(.escape)
  stage.answer()
  #expect(stage.state.screen == .errors)
  #expect(stage.state.picture.frame == before)
  // One undo restores the earlier text.
  stage.type("1")
  stage.type("u")
  #expect(stage.state.document.editor.text == "good")
}

// Behaviour 14.
@Test func `a click selects, the wheel scrolls, a hint runs`() throws {
  var stage = Stage.errors()
  let target = stage.rows[10]
  stage.click(column: 20, row: 10)
  #expect(stage.cursorLine == stage.rows[10])
  #expect(stage.rows[10].dropFirst(2).prefix(60) == target.dropFirst(2).prefix(60))
  let below = stage.rows[14]
  for _ in 0..<3 { stage.click(column: 20, row: 10, .wheelDown) }
  #expect(stage.rows[5].dropFirst(2).prefix(60) == below.dropFirst(2).prefix(60))
  let hint = try #require(stage.position(of: "filter  "))
  stage.click(column: hint.column, row: 35)
  #expect(stage.screen.contains("use"))
}

@Test func `a double click opens the row, and filters by the line of a list`() throws {
  var stage = Stage.errors()
  func click(at seconds: Double, _ place: Position) {
    let mouse = Mouse(.press, at: place)
    _ = stage.state.update(.terminal(.mouse(mouse)), at: seconds)
  }
  let row = Position(column: 20, row: 10)
  click(at: 10, row)
  // Two clicks with a pause are not a double click.
  click(at: 11, row)
  #expect(stage.state.screen == .errors)
  click(at: 11.2, row)
  #expect(stage.state.screen == .explore)
  stage.type("2")
  click(at: 20, try #require(stage.position(of: "has a negation")))
  click(at: 20.1, try #require(stage.position(of: "has a negation")))
  stage.answer()
  #expect(stage.screen.contains("no filter can show these rows"))
}

// Behaviour 15.
@Test func `a click beyond column 223 reaches its target`() throws {
  var stage = Stage.errors(columns: 300, rows: 40)
  let place = try #require(stage.position(of: "has a negation"))
  #expect(place.column > 223)
  stage.click(column: place.column, row: place.row)
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("no filter can show these rows"))
}

@Test func `a cell of the matrix filters`() throws {
  var stage = Stage.errors()
  stage.press(.tab)
  stage.press(.right)
  stage.press(.enter)
  stage.answer()
  let count = try #require(stage.state.examples).view(Query("gold=negative pred=positive")).rows
    .count
  #expect(stage.screen.contains("\(count) of 200 rows"))
  #expect(stage.screen.contains("gold=\"negative\" pred=\"positive\""))
}

@Test func `every line of a drawer that has a query shows what it counts`() throws {
  let stage = Stage.errors()
  for tabs in 1...5 {
    for line in 0..<4 {
      var stage = stage
      for _ in 0..<tabs { stage.press(.tab) }
      for _ in 0..<line { stage.type("j") }
      stage.press(.enter)
      stage.answer()
      #expect(stage.screen.contains(" of 200 rows"))
      #expect(!stage.rows[2].contains("^"))
    }
  }
}

@Test func `scoring shows its progress and can be stopped`() {
  var stage = Stage("good")
  stage.answer()
  stage.scoring(.began(name: "reviews.csv"))
  stage.scoring(
    .scored(
      Reviews.chunk(Reviews.rows(50)), RowsProgress(rows: 50, share: 0.25, rowsPerSecond: 25)))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  #expect(stage.screen.contains("25 %") && stage.screen.contains("25 rows/s"))
  #expect(stage.screen.contains("6.0 s left"))
  stage.press(.escape)
  #expect(stage.log.contains(.cancel(.scoring)))
  #expect(stage.screen.contains("stopped after 50 rows"))
  #expect(stage.screen.contains("50 scored"))
  stage.type("r")
  #expect(stage.asked(ScoreRows.self).count == 1)
  stage.press(.ctrl("c"))
  #expect(stage.screen.contains("stopped; r resumes"))
}

@Test func `growing data is evaluated again only after a tenth was added`() {
  var stage = Stage("good")
  stage.answer()
  stage.scoring(.began(name: "reviews.csv"))
  for index in 0..<100 {
    stage.scoring(
      .scored(
        Reviews.chunk(Reviews.rows(10), from: 10 * index), RowsProgress(rows: 10 * index + 10)))
    stage.answer()
  }
  #expect(stage.asked(ViewRows.self).count < 45)
  stage.scoring(.ended(RowsProgress(rows: 1000)))
  stage.answer()
  stage.press(.escape)
  stage.type("2")
  #expect(stage.screen.contains("1,000 of 1,000 rows"))
}

@Test func `an answer to an older question is dropped`() throws {
  var stage = Stage.errors()
  stage.forget()
  stage.type("/len<3")
  stage.press(.enter)
  let older = try #require(stage.state.asked.ticket(in: .view))
  stage.type("/")
  stage.control("u")
  stage.type("len>3")
  stage.press(.enter)
  stage.answer()
  let screen = stage.screen
  stage.send(.answer(older, ExampleView(rows: [0], errorCount: 0)))
  #expect(stage.screen == screen)
}

@Test func `hostile text reaches no cell`() {
  var stage = Stage("good")
  stage.answer()
  stage.load([.init(text: "\u{1B}]52;c;x\u{7} \u{1B}[2J \u{9B}31m \u{202E}", isPositive: true)])
  stage.press(.escape)
  stage.type("2")
  let scalars = stage.screen.unicodeScalars
  #expect(!scalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
}

@Test func `marked rows are copied, and a filter becomes a slice`() {
  var stage = Stage.errors()
  stage.type(" ")
  stage.type("y")
  let copied = stage.log.compactMap { if case .copy(.text(let text)) = $0 { text } else { nil } }
  #expect(copied.last?.split(separator: "\n").count == 2)
  stage.type("/len<3")
  stage.press(.enter)
  stage.type("S")
  stage.answer()
  #expect(stage.screen.contains("len<3"))
}

// Behaviour 40: a screen reader that follows the cursor reads the visible screen.
@Test func `in plain mode the status row describes the row or the line at the cursor`() throws {
  var stage = Stage.errors(isPlain: true)
  let order = try #require(stage.state.examples).view(Query(""), order: .loss).rows
  stage.type("j")
  let status = { (stage: Stage) in stage.rows[34] }
  #expect(status(stage).contains("Row \(order[1]): gold "))
  #expect(status(stage).contains("2 of 200.") && !status(stage).contains("Focus: text"))
  stage.press(.tab)
  #expect(
    status(stage).contains("Focus: Confusion. Selected: gold=\"negative\" pred=\"negative\"."))
  stage.press(.tab)
  let first = status(stage)
  #expect(first.contains("Focus: Calibration. Selected: 0.") && first.contains("line 1 of "))
  stage.type("j")
  #expect(status(stage) != first && status(stage).contains("line 2 of "))
}

@Test(arguments: ["l", "E", "p", "w"])
func `in plain mode an overlay has whole rows, and a mark at its selection`(
  key: String
) {
  var stage = Stage.errors(isPlain: true)
  if key == "w" { stage.type("1") }
  let before = stage.rows
  stage.type(key)
  stage.answer()
  // One of its rows has the mark, which moves with the selection.
  let changed = stage.rows.indices.dropLast(2).filter { stage.rows[$0] != before[$0] }
  #expect(!changed.isEmpty)
  if key == "w" { stage.press(.down) }
  let marks = { (stage: Stage) in changed.filter { stage.rows[$0].contains(" >") } }
  let old = marks(stage)
  #expect(old.count == 1, "\(stage.screen)")
  stage.press(.down)
  #expect(marks(stage) != old)
  // Nothing of the table remains beside it.
  #expect(changed.allSatisfy { !stage.rows[$0].contains(" 0.9") || key == "w" })
}

@Test func `blanks have no style that a theme without colours would underline`() {
  var stage = Stage.errors()
  let frame = stage.state.picture.frame
  // The places are before the row numbers and around the screens' keys.
  for place in [(2, 8), (3, 8), (10, 0), (12, 0)] {
    let cell = frame[Position(column: place.0, row: place.1)]
    #expect(cell.cluster == " " && cell.style.role != .notice && cell.style.role != .key)
  }
  stage.type(" ")
  #expect(stage.rows.contains { $0.contains("* ") })
}
