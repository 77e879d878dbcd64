import Checkpoints
import Classifiers
import Reports
import TestSupport
import Testing
import Workbench

@Test func `a model is opened as its argument says`() throws {
  let asked = Collected<String?>()
  let bench = Bench(opening: { argument, _ in
    asked.add(argument)
    return .tiny()
  })
  let opened = try OpenModel(argument: "models/mine").run(in: bench.lab()).answer
  #expect(asked.all == ["models/mine"] && opened.summary.argument == "models/mine")
  #expect(opened.summary.classes == ["class 0", "class 1", "class 2"])
}

@Test func `the model in a seat is the one that was seated last`() throws {
  var lab = Bench.empty
  #expect(throws: QuestionError.noModel(.other)) { _ = try lab.model(in: .other) }
  let named = OpenedModel(.tiny(), summary: ModelSummary(.tiny()), name: "second")
  lab.seat(named, in: .other)
  #expect(try lab.model(in: .other).opened.name == "second")
  #expect(throws: QuestionError.noModel(.main)) { _ = try lab.model(in: .main) }
}

@Test func `a file is written by the surroundings, to the end`() async throws {
  let written = Collected<Export>()
  let bench = Bench(writing: { export in
    written.add(export)
    return export.mayReplace ? .written(bytes: 7) : .exists
  })
  let table = ExportedTable(title: "t", header: ["a"], rows: [["1"]])
  var export = Export(.table(table), to: "t.csv", as: .csv)
  #expect(try export.run(in: bench.lab()).answer == .exists)
  export.mayReplace = true
  let late = await export.resultWhenCancelled(bench.lab())
  #expect(try late.get() == .written(bytes: 7))
  #expect(written.all.map(\.path) == ["t.csv", "t.csv"])
  #expect(export.lane.isFinishedAtEnd)
  #expect(export.lane != Export(.table(table), to: "u.csv", as: .csv).lane)
}
