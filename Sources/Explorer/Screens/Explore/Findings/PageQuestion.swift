internal import Attribution
internal import Reports
internal import Tokenizers
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

/// A page question whose answer is stored unchanged.
protocol KeptPageQuestion: PageQuestion {
  static var place: WritableKeyPath<FindingResults, Answer?> { get }
}

extension KeptPageQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0[keyPath: Self.place] = answer }
  }
}

extension MeasureTrajectory: KeptPageQuestion {
  static var page: Finding { .trajectory }
  static var place: WritableKeyPath<FindingResults, PrefixTrajectory.Result?> { \.trajectory }
}

extension FindFlips: KeptPageQuestion {
  static var page: Finding { .flips }
  static var place: WritableKeyPath<FindingResults, FlipFinder.Result?> { \.flips }
}

extension FindSwaps: KeptPageQuestion {
  static var page: Finding { .flips }
  static var place: WritableKeyPath<FindingResults, SwapSearch.Result?> { \.swaps }
}

extension MeasurePhrase: KeptPageQuestion {
  static var page: Finding { .phrase }
  static var place: WritableKeyPath<FindingResults, PhraseReading?> { \.phrase }
}

extension TraceText: KeptPageQuestion {
  static var page: Finding { .xray }
  static var place: WritableKeyPath<FindingResults, TokenizationTrace?> { \.trace }
}

extension MeasureRobustness: KeptPageQuestion {
  static var page: Finding { .robustness }
  static var place: WritableKeyPath<FindingResults, Robustness.Result?> { \.robustness }
}

extension ExplainText: PageQuestion {
  static var page: Finding { .pair }

  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    state.replacePinnedMap(answer.prediction, answer.attribution, choice, options, isFinal: isFinal)
    state.receive(for: Self.page, isFinal: isFinal) { _ in }
  }
}
