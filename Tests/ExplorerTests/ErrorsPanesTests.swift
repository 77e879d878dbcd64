import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

extension Stage {
  fileprivate func cells(row: Int) -> [Cell] {
    let frame = state.picture.frame
    return (0..<frame.size.columns).map { frame[Position(column: $0, row: row)] }
  }

  /// The row number in the title of the preview.
  fileprivate var previewed: Int? {
    rows.first { $0.contains(" Row ") }.flatMap { line in
      line.firstRange(of: " Row ").flatMap {
        Int(line[$0.upperBound...].prefix { $0.isNumber })
      }
    }
  }
}

@Test(arguments: [(120, 36), (100, 30), (80, 24), (60, 16), (200, 60)])
func `the selected row is marked from one edge of the table to the other`(columns: Int, rows: Int)
  throws
{
  var stage = Stage.errors(columns: columns, rows: rows)
  stage.type("jj")
  stage.answer()
  let row = try #require(stage.cursorRow)
  let edge = try #require(stage.rows[row].dropFirst().firstIndex(of: "┃"))
  let width = stage.rows[row].distance(from: stage.rows[row].startIndex, to: edge)
  let cells = stage.cells(row: row)
  let roles = cells[1..<width].map(\.style.role)
  // Words that contribute to the answer keep their colour, and so does a space between two such
  // words.
  for column in 1..<width where cells[column].style.role != .selection {
    let isBetween =
      cells[column].cluster == " " && cells[column - 1].style.role.isPaint
      && cells[column + 1].style.role.isPaint
    #expect(cells[column].style.role.isPaint || isBetween, "column \(column)")
  }
  #expect(roles.first == .selection && roles.last == .selection)
  // No other row is marked.
  #expect(stage.cells(row: row - 1)[1..<width].allSatisfy { $0.style.role != .selection })
}

@Test(arguments: [(80, 24), (100, 30), (60, 16)])
func `d shows what the rows add up to, with its names as tabs`(columns: Int, rows: Int) throws {
  var stage = Stage.errors(columns: columns, rows: rows)
  #expect(!stage.screen.contains("Confusion"))
  stage.type("d")
  #expect(stage.screen.contains("Confusion") && stage.screen.contains("negative"))
  #expect(stage.screen.contains("Calibration  Charts"))
  stage.type("d")
  stage.answer()
  #expect(stage.screen.contains("ECE") && stage.screen.contains("probability"))
  for name in ["Charts", "Slices", "Words", "Labels", "Scores", "Two-sided", "Behind", "Models"] {
    stage.type("d")
    stage.answer()
    let open = stage.rows.indices.map { row in
      stage.cells(row: row).filter { $0.style.attributes.contains(.underline) && row > 0 }
        .map(\.cluster).joined()
    }
    #expect(open.contains(name), "\(name)")
  }
  stage.type("D")
  #expect(stage.screen.contains("Words behind errors"))
  stage.press(.escape)
  #expect(!stage.screen.contains("Words behind errors"))
}

@Test func `a tab is opened by a click`() throws {
  var stage = Stage.errors()
  let place = try #require(stage.position(of: "Slices  Words"))
  stage.click(column: place.column + 8, row: place.row)
  #expect(stage.screen.contains("Words in wrong texts"))
  // The table keeps the focus.
  stage.type("j")
  #expect(stage.selected != nil && stage.cursorRow == 6)
}

@Test func `the preview follows when the cursor rests`() throws {
  var stage = Stage.errors()
  let first = try #require(stage.previewed)
  stage.forget()
  stage.type("jjj")
  #expect(stage.previewed == first && stage.selected != first)
  #expect(stage.log.contains(.awaitRest))
  let before = stage.rows
  stage.send(.rested)
  #expect(stage.previewed == stage.selected)
  // Only the preview has changed.
  let changed = before.indices.filter { before[$0] != stage.rows[$0] }
  #expect(!changed.isEmpty && changed.allSatisfy { $0 > 24 })
  // Opening and labelling apply to the row at the cursor.
  stage.type("j")
  let selected = try #require(stage.selected)
  stage.type("l")
  #expect(stage.screen.contains("New label for row \(selected)"))
  stage.press(.escape)
  #expect(stage.previewed == selected)
}

@Test(arguments: [(120, 36, 7), (200, 60, 7)])
func `the preview fits a usual text, and the table has the rest`(
  columns: Int, rows: Int, height: Int
) throws {
  let stage = Stage.errors(columns: columns, rows: rows)
  let top = try #require(stage.rows.firstIndex { $0.hasPrefix("╭─ Row ") })
  // The status row and the hint row are below it.
  #expect(rows - 2 - top == height)
}

@Test func `typed words filter the rows at once`() throws {
  var stage = Stage.errors()
  let table = try #require(stage.state.examples)
  func count(_ query: String) throws -> Int { try table.view(Query(query)).rows.count }
  stage.type("j")
  let before = try #require(stage.selected)
  stage.type("/du")
  stage.answer()
  #expect(stage.screen.contains("\(try count("text~du")) of 200 rows"))
  stage.type("ll")
  stage.answer()
  let dull = try count("text~dull")
  #expect(dull > 0 && dull < 200 && stage.screen.contains("\(dull) of 200 rows"))
  // An incomplete query has no effect and is no error.
  stage.type(" p>")
  stage.answer()
  #expect(stage.screen.contains("\(dull) of 200 rows") && !stage.rows[2].contains("^"))
  stage.type("0.5")
  stage.answer()
  #expect(stage.screen.contains("\(try count("text~dull p>0.5")) of 200 rows"))
  stage.press(.escape)
  stage.answer()
  #expect(stage.screen.contains("200 of 200 rows") && stage.selected == before)
  stage.type("/dull")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("\(dull) of 200 rows"))
}

@Test func `while rows are scored, their number is shown beside the total`() {
  var stage = Stage("good")
  stage.answer()
  stage.scoring(.began(name: "reviews.csv"))
  stage.count(30_000)
  stage.scoring(
    .scored(
      Reviews.chunk(Reviews.rows(1920)), RowsProgress(rows: 1920, share: 0.1, rowsPerSecond: 9)))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  #expect(stage.screen.contains("1,920 of 30,000 scored"))
  stage.type("/dull")
  stage.answer()
  #expect(stage.screen.contains("match  1,920 of 30,000 scored"))
  stage.press(.escape)
  stage.scoring(.ended(RowsProgress(rows: 1920)))
  stage.answer()
  #expect(stage.screen.contains("1,920 of 1,920 rows"))
}

@Test(arguments: [(120, 36), (80, 24), (200, 60)])
func `the text has half of the table`(columns: Int, rows: Int) throws {
  let stage = Stage.errors(columns: columns, rows: rows)
  let head = try #require(stage.rows.firstIndex { $0.contains(" p  loss") })
  let start = try #require(stage.rows[head].firstRange(of: "text"))
  let edge = try #require(stage.rows[head].dropFirst().firstIndex(of: "┃"))
  let width = stage.rows[head].distance(from: start.lowerBound, to: edge)
  let all = stage.rows[head].distance(from: stage.rows[head].startIndex, to: edge) - 1
  #expect(width * 2 >= all, "\(width) of \(all)")
}

@Test(arguments: [(120, 36), (200, 60), (80, 24)])
func `names are not truncated if there is room`(columns: Int, rows: Int) {
  var stage = Stage.errors(columns: columns, rows: rows)
  if columns < 110 { stage.type("d") }
  let heads = stage.rows.filter {
    $0.contains(" negative  positive") || $0.contains("negative positive")
  }
  #expect(!heads.isEmpty)
}

@Test func `a list that is longer than its pane shows its position`() throws {
  var stage = Stage.errors()
  #expect(stage.screen.contains(" 1-21 of 200 "))
  stage.type("G")
  #expect(stage.screen.contains(" 180-200 of 200 "))
  stage.press(.function(1))
  #expect(stage.screen.contains(" 1-32 of ") || stage.screen.contains(" 1-31 of "))
  stage.press(.escape)
  stage.control("p")
  #expect(stage.screen.contains(" 1-24 of "))
}

@Test func `without data the screen says how to open some, and offers no key without an effect`() {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.type("2")
  #expect(stage.screen.contains("Enter   opens a sample"))
  let hints = stage.rows[35]
  for word in ["filter", "sort", "mark", "label", "contrast"] {
    #expect(!hints.contains(word), "\(hints)")
  }
  for key in ["/", "d", "A", "l", "C"] {
    stage.type(key)
    #expect(
      stage.screen.contains("no data yet: O opens a file, Enter on Errors a sample")
        || stage.screen.contains("no row is selected"), "\(key)")
  }
  stage.type("1")
  #expect(stage.state.screen == .explore)
}

@Test func `a row is opened with the class that its colours explained`() throws {
  var stage = Stage("good")
  stage.answer()
  stage.load(Reviews.rows(200))
  stage.press(.escape)
  // Another class was selected before.
  stage.type("t")
  stage.type("2")
  stage.answer()
  for _ in 0..<6 {
    let row = try #require(stage.selected)
    let table = try #require(stage.state.examples)
    let explained = table.explainedClass(row)
    #expect(stage.screen.contains("why \(table.classes[explained])?"))
    stage.press(.enter)
    stage.answer()
    #expect(stage.state.targetClass == explained)
    stage.type("t")
    stage.press(.escape)
    stage.answer()
    stage.type("j")
    stage.answer()
  }
}

@Test func `a message that is too long ends in an ellipsis`() {
  var stage = Stage.errors()
  stage.send(.notice(String(repeating: "a long message ", count: 20)))
  #expect(stage.rows[34].contains("…"))
}
