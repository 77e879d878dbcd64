import Classifiers
import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing

private func errors(columns: Int = 120, rows: Int = 36, problem: String? = nil) -> Stage {
  var stage = Stage("good", columns: columns, rows: rows)
  stage.notesProblem = problem
  stage.answer()
  stage.load(Reviews.rows(200))
  stage.press(.escape)
  stage.type("2")
  stage.answer()
  return stage
}

private func kept(_ stage: Stage) -> [[Int: Annotations.Entry]] {
  stage.log.compactMap { if case .dataset(.keep(let entries)) = $0 { entries } else { nil } }
}

@Test func `a label and a note are kept, shown and found again`() throws {
  var stage = errors()
  stage.type("l")
  #expect(stage.screen.contains("Label and note for the row"))
  #expect(snapshotProblem(stage.state.picture.frame, "note-120x36") == nil)
  stage.type("irony, see text")
  stage.press(.down)
  stage.press(.enter)
  stage.answer()
  let entry = try #require(kept(stage).last?.values.first)
  #expect(entry == Annotations.Entry(note: "irony, see text", label: "negative"))
  #expect(stage.screen.contains("new label: negative  note: irony, see text"))
  #expect(stage.screen.contains("•"))
  stage.type("/note~irony label=negative")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("1 of 200 rows"))
  // opened again it shows what was written; an empty one takes it away
  stage.type("l")
  #expect(stage.screen.contains("irony, see text"))
  stage.control("u")
  stage.press(.up)
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last?.values.first?.isEmpty == true)
  #expect(stage.screen.contains("0 of 200 rows"))
}

@Test func `marked rows are labelled together`() {
  var stage = errors()
  stage.type("  l")
  stage.press(.down)
  stage.press(.down)
  stage.press(.enter)
  stage.answer()
  #expect(kept(stage).last?.count == 2)
  #expect(kept(stage).last?.values.allSatisfy { $0.label == "positive" } == true)
}

@Test func `a suspect's label is offered as it should be`() throws {
  var stage = errors()
  for _ in 0..<4 { stage.type("d") }
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

@Test func `several classes a text are chosen one by one`() {
  var summary = Lexicon.summary
  summary.link = .sigmoid
  var stage = Stage("good", summary: summary)
  stage.answer()
  stage.load(Reviews.rows(20))
  stage.press(.escape)
  stage.type("2l")
  stage.press(.down, .tab, .down)
  stage.press(.tab, .enter, .escape)
  #expect(kept(stage).last?.values.first?.label == "negative|positive")
}

@Test func `quitting asks only where a note would be lost`() {
  var stage = errors()
  stage.type("lx")
  stage.press(.enter)
  stage.answer()
  stage.control("q")
  #expect(stage.log.contains(.quit(status: 0)))

  stage = errors(problem: "no space left on device")
  stage.type("lx")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("the note is not kept: no space left on device"))
  #expect(stage.screen.contains("(not kept)") && stage.screen.contains("1 note not kept"))
  stage.control("q")
  #expect(!stage.log.contains(.quit(status: 0)))
  #expect(stage.screen.contains("1 note could not be kept and would be lost; quit? y/n"))
  stage.type("n")
  #expect(!stage.log.contains(.quit(status: 0)) && !stage.screen.contains("would be lost"))
  stage.control("q")
  stage.type("y")
  #expect(stage.log.contains(.quit(status: 0)))
  // a signal never asks
  stage = errors(problem: "no space left on device")
  stage.type("lx")
  stage.press(.enter)
  stage.answer()
  stage.happen(.terminate(status: 143))
  #expect(stage.log.contains(.quit(status: 143)))
}

@Test func `another model of the same rows loses no note`() {
  var stage = errors(problem: "no home")
  stage.type("lx")
  stage.press(.enter)
  stage.answer()
  stage.load(Reviews.rows(200))
  #expect(stage.screen.contains("note: x  (not kept)"))
}

@Test func `notes of before come with the rows`() {
  var stage = errors()
  stage.happen(.dataset(.noted(Annotations([4: .init(note: "from last week")]))))
  stage.answer()
  stage.type("/note~week")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("1 of 200 rows") && stage.screen.contains("from last week"))
}
