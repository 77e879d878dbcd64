import Classifiers
import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

private func kept(_ stage: Stage) -> [[Int: Annotations.Entry]] {
  stage.log.compactMap { effect in
    guard case .keepNotes(let notes) = effect else { return nil }
    return Dictionary(uniqueKeysWithValues: notes.map { ($0.row, $0.entry) })
  }
}

@Test func `a label and a note are saved, shown and found again`() throws {
  var stage = Stage.errors()
  let first = try #require(stage.selected)
  stage.type("l")
  #expect(stage.screen.contains("New label for row \(first)"))
  #expect(snapshotProblem(stage.state.picture.frame, "note-120x36") == nil)
  stage.type("NEG")
  stage.press(.tab)
  stage.type("irony, see text")
  stage.press(.enter)
  stage.answer()
  let entry = try #require(kept(stage).last?.values.first)
  #expect(entry == Annotations.Entry(note: "irony, see text", label: "negative"))
  #expect(stage.screen.contains("row \(first): label negative and note saved; u undoes it"))
  // The selection moves to the next row.
  #expect(stage.selected != first)
  stage.type("k")
  stage.answer()
  #expect(stage.selected == first)
  #expect(stage.screen.contains("new label: negative  note: irony, see text"))
  #expect(stage.screen.contains("•"))
  stage.type("/note~irony label=negative")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("1 of 200 rows"))
  // Opened again, the prompt shows the note; an empty note removes it.
  stage.type("l")
  #expect(stage.screen.contains("irony, see text"))
  stage.press(.up)
  stage.press(.tab)
  stage.control("u")
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last?.values.first?.isEmpty == true)
  #expect(stage.screen.contains("0 of 200 rows"))
}

@Test func `typing picks the label, and the table shows what it becomes`() throws {
  var stage = Stage.errors()
  let table = try #require(stage.state.examples)
  let first = try #require(stage.selected)
  let gold = table.name(of: table[first].gold)
  let other = gold == "positive" ? "negative" : "positive"
  stage.type("l" + other)
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last == [first: Annotations.Entry(label: other)])
  #expect(stage.rows.contains { $0.contains(" \(first) ") && $0.contains("\(gold)→\(other)") })
  // Two keys and Enter per row.
  let second = try #require(stage.selected)
  stage.type("lp")
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last == [second: Annotations.Entry(label: "positive")])
}

@Test func `a note that is only a class's name is the label`() throws {
  var stage = Stage.errors()
  stage.type("l")
  stage.press(.tab)
  stage.type(" Negative ")
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last?.values.first == Annotations.Entry(label: "negative"))
  stage.type("l")
  stage.press(.tab)
  stage.type("negative in tone")
  stage.press(.enter)
  #expect(kept(stage).last?.values.first == Annotations.Entry(note: "negative in tone"))
}

@Test func `an unknown label is refused in its field`() {
  var stage = Stage.errors()
  stage.type("lmixed")
  #expect(stage.screen.contains("no class has this name"))
  stage.press(.enter)
  #expect(kept(stage).isEmpty)
  #expect(stage.screen.contains("there is no class \"mixed\"; the classes are negative, positive"))
  #expect(stage.screen.contains("label: mixed"))
}

@Test func `u undoes a label, and Ctrl-R gives it again`() throws {
  var stage = Stage.errors()
  let first = try #require(stage.selected)
  stage.type("u")
  #expect(stage.screen.contains("no label or note to undo"))
  for label in ["neg", "pos"] {
    stage.type("gl" + label)
    stage.press(.enter)
    stage.answer()
  }
  stage.type("u")
  stage.answer()
  #expect(kept(stage).last == [first: Annotations.Entry(label: "negative")])
  #expect(stage.selected == first && stage.screen.contains("undone: row \(first): label negative"))
  stage.type("u")
  stage.answer()
  #expect(kept(stage).last == [first: Annotations.Entry()])
  #expect(!stage.screen.contains("→negative") && !stage.screen.contains("→positive"))
  stage.control("r")
  stage.control("r")
  stage.answer()
  #expect(kept(stage).last == [first: Annotations.Entry(label: "positive")])
  stage.control("r")
  #expect(stage.screen.contains("no label or note to redo"))
}

@Test func `marked rows are labelled together`() {
  var stage = Stage.errors()
  stage.type("  lpos")
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last?.count == 2)
  #expect(kept(stage).last?.values.allSatisfy { $0.label == "positive" } == true)
  #expect(stage.screen.contains("2 rows: label positive saved"))
  stage.type("u")
  #expect(kept(stage).last?.values.allSatisfy(\.isEmpty) == true && kept(stage).last?.count == 2)
}

@Test func `the prompt of a suspect row offers the label that it should have`() throws {
  var stage = Stage.errors()
  for _ in 0..<2 { stage.type("d") }
  #expect(stage.screen.contains("Suspect labels"))
  stage.press(.tab)
  let suspect = try #require(stage.rows.first { $0.contains("▸") && $0.contains("→") })
  stage.type("l")
  stage.press(.enter)
  stage.answer()
  let label = try #require(kept(stage).last?.values.first?.label)
  #expect(suspect.contains("→ \(label)"))
  #expect(stage.rows.contains { $0.contains("✓ ") && $0.contains(" → \(label)") })
}

@Test func `several classes per text are chosen one by one`() {
  var summary = Lexicon.summary
  summary.link = .sigmoid
  var stage = Stage("good", summary: summary)
  stage.answer()
  stage.load(Reviews.rows(20))
  stage.press(.escape)
  stage.type("2lneg ")
  stage.press(.down, .down, .down)
  stage.type(" ")
  stage.press(.enter)
  #expect(kept(stage).last?.values.first?.label == "negative|positive")
  stage.type("u")
  stage.answer()
  stage.type("lpos")
  stage.press(.enter)
  #expect(kept(stage).last?.values.first?.label == "positive")
}

@Test func `quitting asks only if a note would be lost`() {
  var stage = Stage.errors()
  stage.type("l")
  stage.press(.tab)
  stage.type("x")
  stage.press(.enter)
  stage.answer()
  stage.control("q")
  #expect(stage.quits)

  stage = Stage.errors(problem: "no space left on device")
  stage.type("l")
  stage.press(.tab)
  stage.type("x")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("the note was not saved: no space left on device"))
  stage.type("k")
  stage.answer()
  #expect(stage.screen.contains("(not saved)") && stage.screen.contains("1 note not saved"))
  stage.control("q")
  #expect(!stage.quits)
  #expect(stage.screen.contains("1 note could not be saved and would be lost; quit? y/n"))
  stage.type("n")
  #expect(!stage.quits && !stage.screen.contains("would be lost"))
  stage.control("q")
  stage.type("y")
  #expect(stage.quits)
  // A signal never asks.
  stage = Stage.errors(problem: "no space left on device")
  stage.type("l")
  stage.press(.tab)
  stage.type("x")
  stage.press(.enter)
  stage.answer()
  stage.send(.terminate(status: 143))
  #expect(stage.log.contains(.quit(status: 143)))
}

@Test func `another model of the same rows loses no note`() {
  var stage = Stage.errors(problem: "no home")
  stage.type("l")
  stage.press(.tab)
  stage.type("x")
  stage.press(.enter)
  stage.answer()
  stage.load(Reviews.rows(200))
  stage.type("g")
  stage.answer()
  #expect(stage.screen.contains("note: x  (not saved)"))
}

@Test func `earlier notes arrive with the rows`() {
  var stage = Stage.errors()
  stage.scoring(.noted(Annotations([4: .init(note: "from last week")])))
  stage.answer()
  stage.type("/note~week")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("1 of 200 rows") && stage.screen.contains("from last week"))
}
