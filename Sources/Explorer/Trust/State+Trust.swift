internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers

/// Measuring how far what is on the screen can be trusted: after everything else, for what is in
/// sight, and given up with the next key.
extension State {
  /// Up to here a text's explanation is measured: leaving each token out costs a pass a token.
  static let measuredTokenLimit = 512

  /// What is measured of an explanation so far.
  func readings(of choice: ExplanationChoice) -> [TrustReading] { trust[choice] ?? [] }

  func control(of choice: ExplanationChoice, _ name: String) -> Float? {
    trustControls[choice.classIndex]?[name]
  }

  mutating func settleTrust(_ effects: inout [Effect]) {
    guard job == nil, removalRequest == nil, let wanted = wantedForTrust,
      trustJob?.choice != wanted.job.choice
    else { return }
    let choice = wanted.job.choice
    let request = TrustRequest(
      edition: edition, choice: choice, attribution: wanted.attribution,
      needsControl: trustControls[choice.classIndex] == nil)
    trustJob = request
    effects.append(.measureTrust(request))
  }

  /// The explanation in sight that has not been measured to its end.
  private var wantedForTrust: Explanation? {
    guard isPredictionFresh, let prediction,
      prediction.prediction.encoding.pieces.count <= Self.measuredTokenLimit
    else { return nil }
    switch screen {
    case .explore:
      guard let shown, shown.isFinal, !isShownStale, Layout(self).showsTrust,
        !measured.contains(shown.job.choice)
      else { return nil }
      return shown
    case .compare:
      return compareColumns.compactMap(\.explanation)
        .first { $0.isFinal && !measured.contains($0.job.choice) }
    case .journal, .errors: return nil
    }
  }

  mutating func take(_ answer: TrustAnswer) {
    guard answer.edition == edition, answer.choice == trustJob?.choice else { return }
    trust[answer.choice] = answer.readings
    if !answer.control.isEmpty { trustControls[answer.choice.classIndex] = answer.control }
    if answer.isFinal {
      trustJob = nil
      measured.insert(answer.choice)
    }
  }

  mutating func forgetTrust() {
    (trust, trustControls, measured, trustJob) = ([:], [:], [], nil)
  }
}
