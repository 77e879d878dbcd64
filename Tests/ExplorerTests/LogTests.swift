import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private let long =
  "the first words of a line that goes on and on "
  + String(repeating: "through its middle ", count: 8) + "to its last words"

/// The Log with what `events` note at the given times.
private func logged(
  _ lines: [(text: String, seconds: Double, time: TimeOfDay)], columns: Int = 80, rows: Int = 24,
  isPlain: Bool = false
) -> Stage {
  var stage = Stage("", columns: columns, rows: rows, isPlain: isPlain)
  for line in lines {
    _ = stage.state.update(.notice(line.text), at: line.seconds, time: line.time)
  }
  stage.press(.escape)
  stage.type("4")
  return stage
}

private let morning = TimeOfDay(hour: 9, minute: 5, second: 7)

@Test func `a narrow log has the time by the clock, a wide one the seconds since the start too`()
  throws
{
  for (columns, hasSeconds) in [(60, false), (80, false), (109, false), (120, true)] {
    let stage = logged([("opened a thing", 12.34, morning)], columns: columns, rows: 36)
    let line = try #require(stage.rows.first { $0.contains("opened a thing") })
    #expect(line.contains("09:05:07") && line.contains("12.34 s") == hasSeconds, "\(line)")
  }
}

@Test(arguments: [(80, 24), (120, 36)])
func `the log looks as it was reviewed`(columns: Int, rows: Int) {
  var stage = logged(
    [
      ("opened a thing", 0.5, morning), (long, 1.25, morning),
      ("wrote another", 61, TimeOfDay(hour: 9, minute: 6, second: 8)),
    ], columns: columns, rows: rows)
  stage.press(.up)
  stage.press(.right)
  #expect(
    snapshotProblem(stage.state.picture.frame, "log-\(columns)x\(rows)", showsAttributes: true)
      == nil)
}

@Test func `the exported log has the times of both kinds`() throws {
  var stage = logged([("opened a thing", 12.34, morning)])
  stage.type("E")
  stage.press(.enter)
  guard case .table(let table)? = stage.asked(Export.self).last?.content else {
    Issue.record("no table")
    return
  }
  #expect(table.rows.last == ["09:05:07", "12.340", "note", "opened a thing"])
}

@Test(arguments: [false, true])
func `a long line is scrolled sideways, with a mark at the end that is cut`(isPlain: Bool) throws {
  let mark = isPlain ? "~" : "…"
  var stage = logged([(long, 1, morning), ("short", 2, morning)], isPlain: isPlain)
  func line() -> String? { stage.rows.first { $0.contains("09:05:07") && $0.contains(mark) } }
  #expect(try #require(line()).contains("the first words"))
  #expect(try #require(line()).dropLast().last { $0 != " " }.map(String.init) == mark)
  stage.type("l")
  let middle = try #require(line())
  #expect(!middle.contains("the first words") && middle.contains("\(mark)f a line"))
  for _ in 0..<20 { stage.press(.right) }
  #expect(try #require(line()).contains("to its last words"))
  // there is nothing behind the end: one key back is one step
  stage.type("h")
  #expect(try #require(line()).contains("to its last words") == false)
  for _ in 0..<20 { stage.press(.left) }
  #expect(try #require(line()).contains("the first words"))
  #expect(stage.screen.contains("short"))
}

@Test func `a wide letter that the left edge cuts leaves no half of itself`() throws {
  var stage = logged([(String(repeating: "漢字", count: 60), 1, morning)])
  stage.type("l")
  let frame = stage.state.picture.frame
  let row = try #require(stage.rows.firstIndex { $0.contains("09:05:07") })
  let cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: row)].cluster }
  let start = try #require(cells.firstIndex(of: "…"))
  #expect(["漢", "字", " "].contains(cells[start + 1]))
}

@Test func `the selected line is read whole, and Home and End go to the first and the last`() {
  var stage = logged([(long, 1, morning), ("short", 2, TimeOfDay(hour: 9, minute: 5, second: 8))])
  stage.press(.enter)
  #expect(stage.screen.contains("Log entry") && stage.screen.contains("at 09:05:08"))
  stage.press(.escape)
  stage.press(.up)
  stage.press(.enter)
  let words = stage.rows.joined(separator: " ").split(whereSeparator: { "│┃ ".contains($0) })
    .joined(separator: " ")
  #expect(words.contains(long) && words.contains("1.00 s after the start"))
  stage.press(.escape)
  stage.press(.home)
  stage.press(.enter)
  #expect(!stage.screen.contains("at 09:05:0"))
  stage.press(.escape)
  stage.press(.end)
  stage.press(.enter)
  #expect(stage.screen.contains("at 09:05:08"))
}

@Test func `a line that was selected stays the one while others come and the oldest go`() {
  /// What Enter opens.
  func selected(_ stage: Stage) -> String {
    var stage = stage
    stage.press(.enter)
    let head = stage.rows.firstIndex { $0.contains("after the start") } ?? 0
    return stage.rows[head + 2]
  }
  var stage = logged((1...900).map { ("line \($0).", Double($0), morning) })
  stage.press(.up)
  stage.press(.up)
  #expect(selected(stage).contains("line 898."))
  for number in 901...1200 { stage.send(.notice("line \(number).")) }
  #expect(selected(stage).contains("line 898."))
  for number in 1201...3000 { stage.send(.notice("line \(number).")) }
  // it is gone: the oldest that there is
  #expect(selected(stage).contains("line 2001."))
  stage.type("f")
  stage.send(.notice("line 3001."))
  #expect(selected(stage).contains("line 3001."))
}

@Test func `a click selects a line, a second one opens it, and the wheel scrolls`() throws {
  var stage = logged((1...100).map { ("line \($0).", Double($0), morning) })
  let place = try #require(stage.position(of: "line 95."))
  stage.click(column: place.column, row: place.row)
  stage.click(column: place.column, row: place.row)
  #expect(stage.screen.contains("Log entry") && stage.screen.contains("95.00 s"))
  stage.press(.escape)
  for _ in 0..<5 { stage.click(column: place.column, row: place.row, .wheelUp) }
  #expect(!stage.screen.contains("line 100."))
}
