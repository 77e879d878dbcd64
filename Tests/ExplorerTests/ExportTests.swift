import Datasets
import Explorer
import Reports
import TerminalUI
import Testing
import Workbench

private func requests(_ stage: Stage) -> [Export] { stage.asked(Export.self) }

private func errors(_ count: Int = 30) -> Stage {
  var stage = Stage("good film")
  stage.answer()
  stage.load(Reviews.rows(count))
  stage.press(.escape)
  stage.answer()
  return stage
}

@Test func `E writes the explanation in the format that the path says`() throws {
  var stage = errors()
  stage.type("E")
  #expect(stage.screen.contains("Export what is on the screen"))
  #expect(stage.screen.contains("explanation.html"))
  stage.press(.down)
  #expect(stage.screen.contains("explanation.svg"))
  stage.press(.enter)
  let request = try #require(requests(stage).last)
  #expect(request.path == "explanation.svg" && request.format == .svg && !request.mayReplace)
  guard case .explanation(let explanation) = request.content else {
    Issue.record("\(request.content)")
    return
  }
  let shown = try #require(stage.state.explanations.shown)
  #expect(explanation.attribution == shown.attribution && explanation.choice == shown.job.choice)
  #expect(explanation.prediction == stage.state.predictions.latest?.prediction)
  stage.deliver(.written(bytes: 2_100), about: request, isFinal: true)
  #expect(stage.screen.contains("wrote explanation.svg, 2 KB"))
}

@Test func `an unknown extension is reported, and nothing is written`() {
  var stage = errors()
  stage.type("E")
  stage.control("u")
  stage.type("picture.bmp")
  stage.press(.enter)
  #expect(requests(stage).isEmpty && stage.screen.contains("use one of ."))
}

@Test func `an existing file is replaced only after confirmation`() throws {
  var stage = errors()
  stage.control("s")
  stage.press(.enter)
  let request = try #require(requests(stage).last)
  stage.deliver(.exists, about: request, isFinal: true)
  #expect(stage.screen.contains("explanation.html exists. Overwrite? y/n"))
  stage.press(.character("n"))
  #expect(requests(stage).count == 1)
  stage.deliver(.exists, about: request, isFinal: true)
  stage.press(.character("y"))
  #expect(requests(stage).last?.mayReplace == true && requests(stage).count == 2)
  stage.fail(request, "can't write explanation.html: no space left on device")
  #expect(stage.screen.contains("no space left on device"))
}

@Test func `Tab completes the longest common prefix of the paths`() {
  var stage = errors()
  stage.type("E")
  stage.control("u")
  stage.type("/tm")
  #expect(stage.log.contains(.complete("/tm")))
  stage.send(.completions(for: "/tm", [PathCompletion(path: "/tmp", isFolder: true)]))
  stage.press(.tab)
  #expect(stage.screen.contains("file: /tmp/"))
}

@Test func `the rows of the filter are exported in their order, or the marked ones`() throws {
  var stage = errors()
  stage.type("2")
  stage.answer()
  stage.type("/gold!=pred")
  stage.press(.enter)
  stage.answer()
  stage.type("E")
  #expect(stage.screen.contains("reviews-reviewed.csv"))
  stage.press(.enter)
  let table = try #require(stage.state.examples)
  let wrong = try table.view(Query("gold!=pred"), order: .loss).rows
  guard case .examples(let all)? = requests(stage).last?.content else {
    Issue.record("no examples")
    return
  }
  #expect(all.rows == wrong && all.query == "gold!=pred" && all.title == "reviews.csv")
  stage.type(" E")
  stage.press(.enter)
  guard case .examples(let marked)? = requests(stage).last?.content else {
    Issue.record("no examples")
    return
  }
  #expect(marked.rows == [wrong[0]])
  stage.type("E")
  for _ in 0..<5 { stage.press(.down) }
  stage.press(.enter)
  guard case .picture(let frame)? = requests(stage).last?.content else {
    Issue.record("no picture")
    return
  }
  #expect(requests(stage).last?.format == .svg && frame.size.columns == 120)
}

@Test func `a file that contains the notes saves them`() throws {
  var stage = Stage("good film")
  stage.notesProblem = "no home"
  stage.answer()
  stage.load(Reviews.rows(30))
  stage.press(.escape)
  stage.type("2l")
  stage.press(.tab)
  stage.type("x")
  stage.press(.enter)
  stage.answer()
  stage.type("E")
  stage.press(.enter)
  let request = try #require(requests(stage).last)
  stage.deliver(.written(bytes: 100), about: request, isFinal: true)
  stage.control("q")
  #expect(stage.quits)
}

@Test func `the other screens are exported too, and each shows its command`() throws {
  var stage = errors()
  stage.type("3")
  stage.answer()
  stage.type("E")
  stage.press(.enter)
  guard case .table(let table)? = requests(stage).last?.content else {
    Issue.record("no table")
    return
  }
  #expect(table.header.prefix(2) == ["#", "token"] && !table.rows.isEmpty)
  stage.type("Y")
  #expect(stage.screen.contains("whylight explain --method"))
  stage.press(.enter)
  stage.type("4E")
  stage.press(.enter)
  guard case .table(let log)? = requests(stage).last?.content else {
    Issue.record("no table")
    return
  }
  #expect(log.header == ["time", "seconds", "kind", "text"])
}

@Test func `the command of the Errors screen has its filter and its reading options`() {
  var stage = Stage("good film")
  stage.answer()
  stage.scoring(
    .began(name: "r.csv", path: "/data/r.csv", arguments: ["--text-column", "the text"]))
  stage.scoring(.scored(Reviews.chunk(Reviews.rows(20)), RowsProgress(rows: 20)))
  stage.scoring(.ended(RowsProgress(rows: 20)))
  stage.press(.escape)
  stage.type("2/gold!=pred p>0.5")
  stage.press(.enter)
  stage.answer()
  stage.type("Y")
  let copied = stage.log.compactMap { if case .copy(.text(let text)) = $0 { text } else { nil } }
  #expect(
    copied.last
      == "whylight evaluate --data /data/r.csv --text-column 'the text' --where 'gold!=pred p>0.5'")
}

@Test func `a new output format is in the list, and its extension is recognized`() throws {
  let standard = LayerCatalog.standard
  var stage = Stage(
    "good film",
    catalog: LayerCatalog(
      screens: standard.screens, overlays: standard.overlays,
      formats: OutputCatalog(OutputCatalog.standard.formats + [.count])))
  stage.answer()
  stage.press(.escape)
  stage.type("E")
  #expect(stage.screen.contains(".cnt") && stage.screen.contains("how many words there are"))
  stage.control("u")
  stage.type("words.cnt")
  stage.press(.enter)
  let request = try #require(requests(stage).last)
  #expect(request.format == .count && request.path == "words.cnt")
  // A format that writes no table is not offered for one.
  stage.type("4E")
  #expect(stage.screen.contains(".jsonl") && !stage.screen.contains("how many words"))
}
