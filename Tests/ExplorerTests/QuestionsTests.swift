import Attribution
import Classifiers
import Datasets
import Explorer
import Reports
import TerminalUI
import Testing
import Tokenizers
import Workbench

/// A question that the sources do not know: this file is all that it takes.
private struct CountWords: AskedQuestion {
  var text: String
  var lane: Lane { Lane("test: words of the text") }

  func answer(_ lab: Lab, progress: @escaping Progress<Int>) throws -> Int {
    text.split(separator: " ").count
  }

  func receive(
    _ answer: Int, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.say("\(answer) words\(isFinal ? "" : " so far")") }

  func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.say("not counted: \(failure.reason)")
  }
}

@Test func `a question is one file: asked, answered and shown`() throws {
  var stage = Stage("a brilliant film")
  stage.answer()
  var effects: [Effect] = []
  let question = CountWords(text: "a brilliant film")
  let ticket = stage.state.ask(question, &effects)
  #expect(effects == [.ask(ticket, AnyQuestion(question))])
  stage.send(.progress(ticket, 2))
  #expect(stage.screen.contains("2 words so far"))
  stage.send(.answer(ticket, try Lexicon.answer(to: question)))
  #expect(stage.screen.contains("3 words") && !stage.screen.contains("so far"))
  // It was answered before.
  stage.send(.failure(ticket, NoAnswer("late")))
  #expect(!stage.screen.contains("not counted"))
}

@Suite struct `what comes of an older question` {
  /// One question of each kind that the explorer asks.
  private static func all() throws -> [any AskedQuestion] {
    let text = EditedText("a brilliant film")
    let encoding = Lexicon.encode(text.text)
    let choice = ExplanationChoice(method: "occlusion", classIndex: 1, quantity: .logit)
    var table = ExampleTable(classes: ["negative", "positive"])
    table.append(Reviews.chunk(Reviews.rows(5)))
    let view = ViewRows.View(
      query: "", order: .loss, isReversed: false, annotations: Annotations(), rows: 5)
    let exported = ExportedTable(title: "t", header: ["a"], rows: [["1"]])
    return [
      OpenModel(argument: "a"), Predict(text), Predict(text, seat: .other),
      Explain(encoding, choice), RemoveWords(encoding, groups: [[1]]),
      MeasureTrust(
        encoding, choice, attribution: Lexicon.attribution(choice, encoding),
        options: ExplainerOptions(), needsControl: true),
      FindNeighbours(2..<11, in: text), TryWord("dull", at: 2..<11, in: text), TraceText(text),
      MeasureTrajectory(text, classIndex: 1), FindFlips(text, classIndex: 1),
      MeasurePhrase(2..<11, and: nil, in: text, classIndex: 1),
      MeasureRobustness(text, classIndex: 1),
      MeasureRemovalCurves(
        encoding, choice, attribution: Lexicon.attribution(choice, encoding),
        options: ExplainerOptions()),
      ExplainText(text, choice, options: ExplainerOptions()), ScoreRows(), CountRows(),
      ViewRows(view, of: table),
      ReportRows(ReportRows.Report(rows: 5, ownSlices: []), of: table),
      ExplainRows([1], of: table), ContrastRow(ContrastedRow(row: 1, versus: 0), of: table),
      ExplainAllRows(of: table), AskSecondModel("b", of: table),
      Export(.table(exported), to: "t.csv", as: .csv),
    ]
  }

  @Test func `is dropped in every lane, whatever it is`() throws {
    let lanes = try Set(Self.all().map(\.lane))
    #expect(lanes.count > 12)
    for lane in lanes {
      func accepts(_ event: (_ older: Ticket, _ newer: Ticket) -> Event) -> Bool {
        var stage = Stage("a brilliant film")
        stage.answer()
        var effects: [Effect] = []
        let older = stage.state.ask(Spy(lane: lane), &effects)
        let newer = stage.state.ask(Spy(lane: lane), &effects)
        stage.send(event(older, newer))
        return stage.screen.contains("heard")
      }
      #expect(accepts { .progress($1, 1) } && accepts { .answer($1, 1) }, "\(lane.name)")
      #expect(accepts { .failure($1, NoAnswer("why")) }, "\(lane.name)")
      #expect(!accepts { older, _ in .progress(older, 1) }, "\(lane.name)")
      #expect(!accepts { older, _ in .answer(older, 1) }, "\(lane.name)")
      #expect(!accepts { older, _ in .failure(older, NoAnswer("why")) }, "\(lane.name)")
    }
  }

  @Test func `is dropped if the lane was cancelled`() {
    var stage = Stage("a brilliant film")
    stage.answerNext()
    guard let ticket = stage.state.asked.ticket(in: .explanation) else {
      Issue.record("no explanation was asked for")
      return
    }
    stage.control("c")
    #expect(stage.cancelled == [.explanation])
    let before = stage.screen
    stage.send(.failure(ticket, NoAnswer("too late")))
    #expect(stage.screen == before && !stage.screen.contains("too late"))
  }

  @Test func `belongs to no lane that a prediction displaces`() {
    var stage = Stage("a brilliant film")
    stage.answerNext()
    #expect(stage.state.asked.isOpen(.explanation))
    stage.type("!")
    for lane in [Lane.explanation, .removal, .trust, .whatIf, .otherPrediction] {
      #expect(!stage.state.asked.isOpen(lane), "\(lane.name)")
    }
  }
}

/// A question that reports everything it receives.
private struct Spy: AskedQuestion {
  var lane: Lane

  func answer(_ lab: Lab, progress: @escaping Progress<Int>) throws -> Int { 0 }

  func receive(
    _ answer: Int, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) { state.say("heard") }

  func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.say("heard")
  }
}
