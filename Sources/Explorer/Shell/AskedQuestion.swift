package import Workbench

/// A question that the explorer asks, and what it does with what comes of it.
package protocol AskedQuestion: Question {
  /// What is known so far, or in the end. It is still what its lane was asked last.
  func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect])
  /// It can't be answered. What is shown stays empty; the prediction has told the reason, as a rule.
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

/// Asking, giving up, and taking in what comes of it.
extension State {
  /// A newer question takes the place of the older one in its lane.
  @discardableResult
  package mutating func ask(
    _ question: some AskedQuestion, _ effects: inout [Effect]
  ) -> Ticket {
    let ticket = asked.issue(question, in: question.lane, displacing: question.displaces)
    effects.append(.ask(ticket, AnyQuestion(question)))
    return ticket
  }

  /// Gives up what a lane was asked; nothing where it was asked nothing.
  mutating func cancel(_ lane: Lane, _ effects: inout [Effect]) {
    guard asked.isOpen(lane) else { return }
    asked.close(lane)
    effects.append(.cancel(lane))
  }

  /// What came of a question.
  enum Outcome {
    case progress(any Sendable)
    case answer(any Sendable)
    case failure(NoAnswer)
  }

  /// Here alone what comes of older questions is dropped.
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
