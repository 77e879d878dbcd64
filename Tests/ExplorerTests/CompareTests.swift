import Classifiers
import Explorer
import Reports
import TerminalUI
import TestSupport
import Testing
import Workbench

private let example =
  "The acting is brilliant and the score is gorgeous, but the story never quite works "
  + "and the ending is painfully predictable."

private func compared(
  _ text: String = example, columns: Int = 120, rows: Int = 36, isPlain: Bool = false
) -> Stage {
  var stage = Stage(
    text, columns: columns, rows: rows, isPlain: isPlain, summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  return stage
}

extension Stage {
  /// The methods whose explanations were requested, in order.
  fileprivate var explained: [String] { asked(Explain.self).map(\.choice.method) }
}

@Test(arguments: [(120, 36), (80, 24), (60, 16)])
func `the compare screen looks as it was reviewed`(columns: Int, rows: Int) {
  var stage = compared(columns: columns, rows: rows)
  stage.type("n")
  stage.answer()
  let frame = stage.state.picture.frame
  #expect(snapshotProblem(frame, "compare-\(columns)x\(rows)") == nil)
}

@Test func `the compare screen is ASCII in plain mode and shows the cursor on its word`() {
  let stage = compared(columns: 100, rows: 30, isPlain: true)
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
  #expect(stage.state.picture.frame.cursor != nil)
}

@Test func `at 80 columns the screen says which columns are visible`() {
  let stage = compared(columns: 80, rows: 24)
  #expect(stage.rows[1].contains("columns 1-3 of 4"))
}

@Test func `each measure's head says whether higher or lower is better`() {
  let stage = compared()
  for head in ["without↑", "alone↓", "agrees↑", "spread↓", "gap↓"] {
    #expect(stage.screen.contains(head), "\(head)")
  }
  let plain = compared(columns: 120, isPlain: true)
  #expect(plain.screen.contains("alone, spread, gap: less is better"))
}

@Test func `without a text the screen says what to do`() {
  var stage = Stage("", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  #expect(stage.screen.contains("No text yet: i, then type one."))
}

@Test func `columns are computed one after another, except those that are known`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.forget()
  stage.type("3")
  #expect(stage.explained == ["occlusion"])
  #expect(stage.screen.contains("running") && stage.screen.contains("queued"))
  stage.answer()
  #expect(stage.explained == ["occlusion", "lime", "random"])
}

@Test func `back on Explore, Explore's own explainer is shown`() {
  var stage = compared()
  stage.type("q")
  #expect(stage.state.screen == .explore)
  #expect(stage.screen.contains("Why negative? · integrated gradients"))
  #expect(stage.paint(of: "brilliant") == [.heat(-5)])
}

@Test func `leaving for Explore stops what only the columns wanted`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.forget()
  stage.type("1")
  #expect(stage.log == [.cancel(.explanation)])
  #expect(stage.state.explanations.job == nil)
}

@Test func `a disputed word is marked, found and described with both sides`() {
  var stage = compared()
  #expect(stage.rows.contains { $0.contains("! 11 but") })
  #expect(stage.screen.contains("1 of 23 words is disputed (n)"))
  stage.type("n")
  #expect(stage.rows.contains { $0.contains("▸!") && $0.contains("but") })
  #expect(
    stage.screen.contains("\"but\" is + for IG, Occ and - for LIME (sign agreement 2/3)"))
  stage.type("N")
  #expect(stage.rows.contains { $0.contains("▸!") && $0.contains("but") })
}

@Test func `the order goes from the text to the column's scores to disagreement`() throws {
  var stage = compared()
  func first() throws -> String {
    let head = try #require(stage.rows.firstIndex { $0.contains("occlusion") })
    return stage.rows[head + 1]
  }
  stage.type("g")
  #expect(try first().contains(" 1 The"))
  stage.type("og")
  #expect(try first().contains(" 4 brilliant"))
  stage.type("og")
  #expect(try first().contains("11 but"))
}

@Test func `the difference to a column leaves that column as it is`() {
  var stage = compared()
  stage.type("d")
  #expect(stage.screen.contains("LIME - IG"))
  #expect(!stage.screen.contains("integrated gradients - IG"))
  stage.type("d")
  #expect(!stage.screen.contains("LIME - IG"))
}

@Test func `classes are columns too`() {
  var stage = compared("a brilliant film")
  stage.forget()
  stage.type("v")
  stage.answer()
  #expect(stage.explained == ["integrated-gradients"])
  #expect(stage.screen.contains("Compare the classes · integrated gradients"))
  #expect(stage.screen.contains("negative") && stage.screen.contains("positive"))
  // Columns for different classes are expected to differ.
  #expect(!stage.screen.contains("disagree"))
  #expect(!stage.screen.contains("no word is disputed"))
  // Each column has its own class; the cursor begins in the first column.
  let probabilities = Lexicon.predict("a brilliant film").probabilities
  for (index, probability) in probabilities.enumerated() {
    #expect(stage.screen.contains("p \(Numerals.fixed(probability, 2)) "), "\(index)")
    stage.press(.right)
  }
}

@Test func `columns are added and removed in a list`() {
  var stage = compared("a brilliant film")
  stage.type("g-")
  #expect(!stage.screen.contains("  integrated gradients"))
  stage.type("a")
  #expect(stage.screen.contains("Enter adds or removes"))
  stage.press(.enter)
  stage.press(.escape)
  stage.answer()
  #expect(stage.screen.contains("integrated gradients"))
  stage.type("a")
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  #expect(stage.screen.contains("Grad-CAM needs the outputs of a recurrent layer"))
}

@Test func `a column is computed again by itself`() {
  var stage = compared("a brilliant film")
  stage.type("l")
  stage.forget()
  stage.type("r")
  #expect(stage.explained == ["occlusion"])
}

@Test func `enter opens the column's explainer and word in Explore`() {
  var stage = compared("a brilliant film")
  stage.type("glj")
  stage.press(.enter)
  stage.answer()
  #expect(stage.state.screen == .explore)
  #expect(stage.state.settings.method == "occlusion")
  #expect(stage.state.explore.selectedUnit == 1)
}

@Test func `an edit is compared anew`() {
  var stage = compared("a brilliant film")
  stage.type("i")
  #expect(stage.state.screen == .explore)
  stage.type(" but dull")
  stage.answer()
  stage.press(.escape)
  stage.forget()
  stage.type("3")
  stage.answer()
  #expect(stage.explained == ["occlusion", "lime", "random"])
  #expect(stage.screen.contains("dull"))
}

@Test func `the table is copied with its numbers`() throws {
  var stage = compared("a brilliant film")
  stage.type("y")
  guard case .copy(.text(let text)) = stage.log.last else {
    Issue.record("nothing was copied")
    return
  }
  let lines = text.split(separator: "\n")
  #expect(lines[0] == "#\ttoken\tintegrated-gradients\tocclusion\tlime\trandom")
  #expect(lines[2].hasPrefix("2\tbrilliant\t2.0\t1.0\t1.6"))
}

@Test func `a click on a bar puts the cursor there`() throws {
  var stage = compared()
  let head = try #require(stage.position(of: "LIME"))
  let line = try #require(stage.rows.firstIndex { $0.contains("never") })
  stage.click(column: head.column + 2, row: line)
  #expect(stage.rows.contains { $0.contains("▸") && $0.contains("never") })
  #expect(stage.rows.contains { $0.contains("▸LIME") })
}

@Test func `the palette finds Compare by its letters`() throws {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.control("p")
  stage.type("cmp")
  let prompt = try #require(stage.rows.firstIndex { $0.contains("> cmp") })
  #expect(stage.rows[prompt + 1].contains("Compare"))
  let column = try #require(stage.position(of: "> cmp")).column
  let frame = stage.state.picture.frame
  let marked = (0..<7).filter {
    frame[Position(column: column + $0, row: prompt + 1)].style.attributes.contains(.bold)
  }
  #expect(marked == [0, 2, 3])
  stage.press(.enter)
  #expect(stage.state.screen == .compare)
}

@Test func `the log screen shows what happened and what it cost`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.send(.drew(bytes: 257, timings: [KeyTiming(.echo, seconds: 0.002)]))
  stage.send(.problem("a theme is broken"))
  stage.press(.escape)
  stage.type("4")
  #expect(stage.screen.contains("lexicon: bag of words, 13 parameters"))
  #expect(stage.screen.contains("text 0: 4 tokens in 3.0 ms"))
  #expect(stage.screen.contains("integrated-gradients → positive, 65 passes in 3.0 ms"))
  #expect(stage.screen.contains("a theme is broken"))
  #expect(stage.screen.contains("median 257 B"))
  #expect(stage.screen.contains("key to echo        median 2.0 ms"))
  stage.type("q")
  #expect(stage.state.screen == .explore)
}

@Test func `a long log is scrolled and followed`() {
  var stage = Stage("a")
  stage.answer()
  for number in 1...2000 { stage.send(.notice("line \(number) of many")) }
  stage.press(.escape)
  stage.type("4")
  #expect(stage.screen.contains("line 2000 of many"))
  #expect(stage.screen.contains("1,000 entries"))
  stage.type("g")
  #expect(stage.screen.contains("line 1001 of many") && !stage.screen.contains("line 2000"))
  stage.type("f")
  #expect(stage.screen.contains("line 2000 of many"))
}

@Test func `Compare opens at the strongest word, which is visible`() throws {
  var stage = compared()
  let cursor = try #require(stage.rows.first { $0.contains("▸ ") && !$0.contains("▸ 3") })
  #expect(cursor.contains(" 4 brilliant"))
  #expect(stage.rows.contains { $0.contains(" 1 The") })
  // The cursor stays where the user puts it.
  stage.type("jj1")
  stage.type("3")
  #expect(stage.rows.contains { $0.contains("▸") && $0.contains(" 6 ") })
  // For another text it moves to the strongest word again.
  stage.type("i")
  stage.type(" Dull")
  stage.answer()
  stage.press(.escape)
  stage.type("3")
  stage.answer()
  #expect(!stage.rows.contains { $0.contains("▸") && $0.contains(" 6 ") })
  #expect(
    stage.rows.contains { $0.contains("▸ ") && $0.contains(" 4 brilliant") || $0.contains("▸  24") }
  )
}

@Test func `the words scroll no farther than the cursor needs`() throws {
  var stage = compared(columns: 120, rows: 30)
  stage.type("g")
  #expect(stage.rows.contains { $0.contains(" of 23 ─") || $0.contains(" of 23 ━") })
  func first() throws -> String {
    let head = try #require(stage.rows.firstIndex { $0.contains("occlusion") })
    return String(stage.rows[head + 1].prefix(16))
  }
  let top = try first()
  for _ in 0..<5 { stage.type("j") }
  #expect(try first().dropFirst(3) == top.dropFirst(3))
  stage.type("G")
  #expect(stage.rows.contains { $0.contains("▸") && $0.contains(" 23 ") })
}

@Test func `a removed column can be restored`() {
  var stage = compared("a brilliant film")
  stage.type("g")
  let before = stage.rows
  // As on Explore, the key goes to the next explainer.
  stage.type("x")
  #expect(stage.rows.contains { $0.contains("▸occlusion") })
  #expect(stage.rows.contains { $0.contains("integrated gradients") })
  stage.type("X-")
  #expect(stage.screen.contains("integrated gradients removed; u restores it"))
  stage.press(.delete)
  stage.type("uu")
  stage.answer()
  #expect(stage.rows.dropLast(2) == before.dropLast(2))
  stage.type("u")
  #expect(stage.screen.contains("no column change to undo"))
  stage.control("r")
  #expect(!stage.rows.contains { $0.contains("▸integrated gradients") })
}

@Test func `the columns have all of the width`() throws {
  let stage = compared(columns: 200, rows: 60)
  let head = try #require(stage.rows.first { $0.contains("occlusion") && $0.contains("LIME") })
  let last = try #require(head.firstRange(of: "random"))
  // With four columns, the last one begins after three quarters of the space beside the words.
  #expect(head.distance(from: head.startIndex, to: last.lowerBound) > 140)
}
