import Attribution
import Classifiers
import Datasets
import Reports
import TestSupport
import Testing
import Tokenizers
import Workbench

/// What holds for every question.
@Suite struct `every question` {
  private static let text = EditedText("an able text")
  private static let choice = ExplanationChoice(
    method: "occlusion", classIndex: 1, quantity: .logit)

  /// One of each kind; those that ask a model are marked.
  static func all() throws -> [(question: any Question, asksModel: Bool)] {
    let encoding = "an able text".tiny
    let table = try Rows.table(20)
    let map = TokenAttribution(
      scores: encoding.pieces.map { _ in 1 }, targetValue: 1, evaluations: 1)
    let view = ViewRows.View(
      query: "", order: .loss, isReversed: false, annotations: Annotations(), rows: 19)
    let exported = ExportedTable(title: "t", header: ["a"], rows: [["1"]])
    return [
      (Predict(text), true), (Predict(text, seat: .other), true), (Explain(encoding, choice), true),
      (RemoveWords(encoding, groups: [[1], [2]]), true),
      (
        MeasureTrust(
          encoding, choice, attribution: map, options: ExplainerOptions(), needsControl: true), true
      ),
      (FindNeighbours(3..<7, in: text), true), (TryWord("odd", at: 3..<7, in: text), true),
      (TraceText(text), true), (MeasureTrajectory(text, classIndex: 0), true),
      (FindFlips(text, classIndex: 0), true), (FindSwaps(text, classIndex: 0), true),
      (MeasureRobustness(text, classIndex: 0), true),
      (MeasurePhrase(3..<7, and: nil, in: text, classIndex: 0), true),
      (ExplainText(text, choice, options: ExplainerOptions()), true),
      (RankCandidates(text, candidates: ["a", "b"], classIndex: 0), true),
      (
        ContrastCandidates(text, first: "a", second: "b", choice, options: ExplainerOptions()), true
      ),
      (
        MeasureInteractions(
          EditedText("an able text", pair: "an odd one"), choice, options: ExplainerOptions(),
          count: 2), true
      ),
      (
        MeasureRemovalCurves(
          encoding, choice, attribution: map, options: ExplainerOptions()), true
      ),
      (ScoreRows(), true), (CountRows(), true), (ViewRows(view, of: table), false),
      (ReportRows(ReportRows.Report(rows: 19, ownSlices: []), of: table), false),
      (ExplainRows([0, 1, 2], of: table), true),
      (ContrastRow(ContrastedRow(row: 0, versus: 2), of: table), true),
      (ExplainAllRows(of: table), true), (AskSecondModel("other", of: table), true),
      (OpenModel(argument: "a"), false), (DescribeModel(argument: "a", seat: .main), true),
      (SetThreshold(nil), true), (Export(.table(exported), to: "t.csv", as: .csv), false),
    ]
  }

  @Test func `about a table differs once the table has grown`() throws {
    func questions(rows: Int) throws -> [AnyQuestion] {
      let table = try Rows.table(rows)
      let view = ViewRows.View(
        query: "", order: .loss, isReversed: false, annotations: Annotations())
      let examples = ExportedExamples(
        title: "t", query: "", rows: [0], annotations: Annotations(), of: table)
      let all: [any Question] = [
        ViewRows(view, of: table), ReportRows(.init(rows: 0, ownSlices: []), of: table),
        ExplainRows([0], of: table), ContrastRow(ContrastedRow(row: 0, versus: 2), of: table),
        ExplainAllRows(of: table), AskSecondModel("other", of: table),
        Export(.examples(examples), to: "t.csv", as: .csv),
      ]
      return all.map(AnyQuestion.init)
    }
    let asked = try questions(rows: 20)
    #expect(try questions(rows: 20) == asked)
    for (later, earlier) in zip(try questions(rows: 21), asked) {
      #expect(later != earlier, "\(type(of: later.base))")
    }
  }

  @Test func `has an answer on the workbench`() throws {
    let lab = Bench().lab(Rows(20))
    for (question, _) in try Self.all() {
      #expect(throws: Never.self, "\(question.lane.name)") { _ = try question.run(in: lab) }
    }
  }

  /// A file is written to its end, and what opens a model watches its progress.
  @Test func `stops where its task was cancelled`() async throws {
    func isCancelled(_ question: some Question) async -> Bool {
      guard case .failure(let error) = await question.resultWhenCancelled(Bench().lab(Rows(20)))
      else { return false }
      return error is CancellationError
    }
    let others = try Self.all().filter {
      !($0.question is Export || $0.question is OpenModel)
    }
    for (question, _) in others {
      #expect(await isCancelled(question), "\(type(of: question))")
    }
  }

  @Test func `says where there is no model`() throws {
    for (question, _) in try Self.all().filter(\.asksModel) {
      #expect(throws: QuestionError.self, "\(type(of: question))") {
        _ = try question.run(in: Bench.empty)
      }
    }
  }

  @Test func `is equal to itself alone`() throws {
    let all = try Self.all().map { AnyQuestion($0.question) }
    let again = try Self.all().map { AnyQuestion($0.question) }
    for (first, question) in all.enumerated() {
      for (second, other) in again.enumerated() {
        #expect((question == other) == (first == second))
        if first == second { #expect(question.hashValue == other.hashValue) }
      }
    }
  }

  @Test func `waits in its own lane, those about what if in one`() throws {
    let all = try Self.all().map(\.question)
    let lanes = Dictionary(grouping: all) { $0.lane }
    for (lane, questions) in lanes where questions.count > 1 { #expect(lane == .whatIf) }
    #expect(lanes[.whatIf]?.count == 13)
    for question in all { #expect(!question.displaces.contains(question.lane)) }
  }
}
