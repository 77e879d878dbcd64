import Attribution
import Classifiers
import Datasets
import Explorer
import Reports
import Tokenizers
import Workbench

/// The explorer's questions, and the test's answers.
extension Stage {
  /// The questions of a kind that were asked, in order.
  func asked<Q: Question>(_ kind: Q.Type) -> [Q] { log.asked(kind) }

  /// The cancelled lanes, in order.
  var cancelled: [Lane] {
    log.compactMap { if case .cancel(let lane) = $0 { lane } else { nil } }
  }

  /// The ticket of the newest question in a lane; the question is asked now if none is open.
  private mutating func ticket(for question: some AskedQuestion) -> Ticket {
    if let ticket = state.asked.ticket(in: question.lane) { return ticket }
    var effects: [Effect] = []
    return state.ask(question, &effects)
  }

  /// Delivers a partial or final answer to the newest question in a lane.
  mutating func deliver<Q: AskedQuestion>(
    _ answer: Q.Answer, about question: Q, isFinal: Bool = false
  ) {
    let ticket = ticket(for: question)
    send(isFinal ? .answer(ticket, answer) : .progress(ticket, answer))
  }

  mutating func fail(_ question: some AskedQuestion, _ reason: String, instead: String? = nil) {
    send(.failure(ticket(for: question), NoAnswer(reason, instead: instead)))
  }

  // MARK: Models

  mutating func load(_ summary: ModelSummary, in seat: ModelSeat = .main) {
    deliver(
      OpenedModel(Lexicon.model, summary: summary),
      about: OpenModel(argument: nil, seat: seat), isFinal: true)
  }

  mutating func refuseModel(_ reason: String) { fail(OpenModel(argument: nil), reason) }

  // MARK: The text

  /// Delivers a prediction for the text on the screen.
  mutating func predict(
    _ prediction: Prediction, windows: TextWindows? = nil, seconds: Double = 0
  ) {
    deliver(
      Predict.Answer(prediction: prediction, windows: windows, seconds: seconds),
      about: Predict(EditedText(state.document.text)), isFinal: true)
  }

  mutating func failPrediction(_ reason: String) {
    fail(Predict(EditedText(state.document.text)), reason)
  }

  /// Delivers a result of the running explanation.
  mutating func explain(
    _ attribution: TokenAttribution, seconds: Double = 0.003, isFinal: Bool = true
  ) {
    guard let ticket = state.asked.ticket(in: .explanation) else { return }
    let answer = Explain.Answer.scores(attribution, seconds: seconds)
    send(isFinal ? .answer(ticket, answer) : .progress(ticket, answer))
  }

  mutating func failExplanation(_ reason: String, instead: String) {
    guard let ticket = state.asked.ticket(in: .explanation) else { return }
    send(.failure(ticket, NoAnswer(reason, instead: instead)))
  }

  mutating func expect(passes: Int) {
    guard let ticket = state.asked.ticket(in: .explanation) else { return }
    send(.progress(ticket, Explain.Answer.expected(passes: passes)))
  }

  // MARK: The data set

  mutating func scoring(_ answer: ScoreRows.Answer) {
    if case .ended = answer { return deliver(answer, about: ScoreRows(), isFinal: true) }
    deliver(answer, about: ScoreRows())
  }

  mutating func count(_ rows: Int) { deliver(rows, about: CountRows(), isFinal: true) }

  mutating func words(_ answer: ExplainAllRows.Answer) {
    let question = ExplainAllRows(of: state.examples ?? ExampleTable(classes: []))
    if case .ended = answer { return deliver(answer, about: question, isFinal: true) }
    deliver(answer, about: question)
  }

  mutating func failWords(_ reason: String) {
    fail(ExplainAllRows(of: state.examples ?? ExampleTable(classes: [])), reason)
  }

  mutating func other(_ answer: AskSecondModel.Answer) {
    let question = AskSecondModel("", of: state.examples ?? ExampleTable(classes: []))
    switch answer {
    case .ended, .unmatched: deliver(answer, about: question, isFinal: true)
    case .began, .answered: deliver(answer, about: question)
    }
  }

  mutating func failOther(_ reason: String, of argument: String) {
    fail(AskSecondModel(argument, of: state.examples ?? ExampleTable(classes: [])), reason)
  }
}

extension [Effect] {
  /// The questions of a kind that were asked, in order.
  func asked<Q: Question>(_ kind: Q.Type) -> [Q] {
    compactMap { if case .ask(_, let question) = $0 { question.base as? Q } else { nil } }
  }
}
