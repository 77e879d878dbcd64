internal import Attribution
internal import Reports
internal import Tokenizers
package import Workbench

extension Explain: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    guard let job = state.explanations.job else { return }
    switch answer {
    case .expected(let passes): state.explanations.expectedPasses = passes
    case .scores(let attribution, let seconds):
      guard attribution.scores.count == encoding.pieces.count else { return }
      if isFinal { state.note(job, attribution, seconds: seconds) }
      state.explanations.receive(
        Explanation(
          job: job, texts: encoding.joinedTexts, attribution: attribution,
          map: HeatMap(
            pieces: encoding.joined.pieces, scores: attribution.scores,
            showsSpecials: state.explanations.showsSpecials, off: state.off),
          seconds: seconds, isFinal: isFinal))
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    guard let job = state.explanations.job else { return }
    state.add(
      .problem, "text \(job.edition): \(state.name(of: job.choice)): \(failure.reason)")
    state.explanations.fail(failure.reason, instead: failure.instead)
  }
}

extension State {
  fileprivate mutating func note(
    _ job: ExplanationJob, _ attribution: TokenAttribution, seconds: Double
  ) {
    let count = attribution.evaluations
    let passes = Numerals.grouped(count) + (count == 1 ? " pass" : " passes")
    add(
      .explain,
      "text \(job.edition): \(name(of: job.choice)), \(passes) in "
        + Numerals.duration(seconds: seconds))
  }
}
