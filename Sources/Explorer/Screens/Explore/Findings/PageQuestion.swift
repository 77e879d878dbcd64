package import Attribution
package import Tokenizers
package import Workbench

/// A question whose answer a page of findings shows.
protocol PageQuestion: AskedQuestion {
  static var page: Finding { get }
}

extension PageQuestion {
  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.findings.results.problems[Self.page] = failure.reason
  }
}

extension MeasureTrajectory: PageQuestion {
  static var page: Finding { .trajectory }

  package func receive(
    _ answer: PrefixTrajectory.Result, isFinal: Bool, _ state: inout State,
    _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.trajectory = answer }
  }
}

extension FindFlips: PageQuestion {
  static var page: Finding { .flips }

  package func receive(
    _ answer: FlipFinder.Result, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.flips = answer }
  }
}

extension MeasurePhrase: PageQuestion {
  static var page: Finding { .phrase }

  package func receive(
    _ answer: PhraseReading, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.phrase = answer }
  }
}

extension TraceText: PageQuestion {
  static var page: Finding { .xray }

  package func receive(
    _ answer: TokenizationTrace, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.trace = answer }
  }
}

extension MeasureRobustness: PageQuestion {
  static var page: Finding { .robustness }

  package func receive(
    _ answer: Robustness.Result, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.robustness = answer }
  }
}

extension ExplainText: PageQuestion {
  static var page: Finding { .pair }

  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.repin(answer.prediction, answer.attribution, choice, options, isFinal: isFinal)
    state.receive(for: Self.page, isFinal: isFinal) { _ in }
  }
}
