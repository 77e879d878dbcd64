internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// Measuring how far the visible explanations can be trusted: after everything else, and cancelled
/// by the next key.
extension State {
  mutating func settleTrust(_ effects: inout [Effect]) {
    guard explanations.job == nil, removals.request == nil, let wanted = wantedForTrust,
      trust.job?.choice != wanted.job.choice
    else { return }
    let choice = wanted.job.choice
    guard let encoding = reading(by: choice.seat)?.prediction.encoding else { return }
    let question = MeasureTrust(
      encoding, choice, attribution: wanted.attribution, options: wanted.job.options,
      needsControl: trust.controls(of: choice) == nil,
      isMolecule: showsMolecule && smilesProblem == nil && off.isEmpty && choice.seat == .main)
    trust.begin(question, at: now)
    ask(question, &effects)
  }

  /// The visible explanation that is not completely measured yet.
  private var wantedForTrust: Explanation? {
    guard isPredictionFresh, !isTooLong else { return nil }
    return layer.wantedForTrust(self)
  }
}

extension MeasureTrust: AskedQuestion {
  package func receive(
    _ answer: Answer, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    switch answer {
    case .measuring(let progress): state.trust.progress = progress
    case .spellings(let spread): state.trust.spellings[choice] = spread
    case .readings(let readings, let control):
      state.trust.receive(readings, control, of: choice, isFinal: isFinal)
      guard isFinal else { return }
      let values = readings.compactMap { reading in
        reading.value.map { "\(reading.name) \(Numerals.fixed($0, 3))" }
      }
      state.add(.measure, "\(state.name(of: choice)): \(values.joined(separator: ", "))")
    }
  }
}
