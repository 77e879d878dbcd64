package import Workbench

/// A question that the explorer asks, and what its answer changes in the state.
package protocol AskedQuestion: Question {
  /// Handles a partial or final answer. The question is still the newest of its lane.
  func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect])
  /// Handles a failure. By default nothing is reported, since the prediction usually fails for the
  /// same reason and reports it.
  func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect])
}

extension AskedQuestion {
  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {}

  fileprivate func receive(
    any answer: any Sendable, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    guard let answer = answer as? Answer else { return }
    receive(answer, isFinal: isFinal, &state, &effects)
  }
}

/// Asking questions, cancelling them, and receiving their answers.
extension State {
  /// Asks a question, which replaces the older one in its lane.
  @discardableResult
  package mutating func ask(
    _ question: some AskedQuestion, _ effects: inout [Effect]
  ) -> Ticket {
    let ticket = asked.issue(question, in: question.lane, displacing: question.displaces)
    effects.append(.ask(ticket, AnyQuestion(question)))
    return ticket
  }

  /// Cancels the question of a lane, if there is one.
  mutating func cancel(_ lane: Lane, _ effects: inout [Effect]) {
    guard asked.isOpen(lane) else { return }
    asked.close(lane)
    effects.append(.cancel(lane))
  }

  /// The outcome of a question.
  enum Outcome {
    case progress(any Sendable)
    case answer(any Sendable)
    case failure(NoAnswer)
  }

  /// Hands an outcome to its question. Outcomes of older questions are dropped, only here.
  mutating func receive(_ outcome: Outcome, for ticket: Ticket, _ effects: inout [Effect]) {
    guard let question = asked.question(of: ticket) else { return }
    switch outcome {
    case .progress(let part): question.receive(any: part, isFinal: false, &self, &effects)
    case .answer(let answer):
      asked.close(ticket.lane)
      question.receive(any: answer, isFinal: true, &self, &effects)
    case .failure(let failure):
      asked.close(ticket.lane)
      question.receive(failure, &self, &effects)
    }
  }
}
