internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers

/// Measuring how far what is on the screen can be trusted: after everything else, for what is in
/// sight, and given up with the next key.
extension State {
  /// What is measured of an explanation so far.
  func readings(of choice: ExplanationChoice) -> [TrustReading] { trust[choice] ?? [] }

  func control(of choice: ExplanationChoice, _ name: String) -> Float? {
    trustControls[choice.subject]?[name]
  }

  mutating func settleTrust(_ effects: inout [Effect]) {
    guard job == nil, removalRequest == nil, let wanted = wantedForTrust,
      trustJob?.choice != wanted.job.choice
    else { return }
    let choice = wanted.job.choice
    let request = TrustRequest(
      edition: edition, choice: choice, attribution: wanted.attribution,
      options: wanted.job.options,
      needsControl: trustControls[choice.subject] == nil)
    trustJob = request
    (trustSince, trustProgress, trustPasses) = (now, nil, nil)
    effects.append(.measureTrust(request))
  }

  /// The explanation in sight that has not been measured to its end.
  private var wantedForTrust: Explanation? {
    guard isPredictionFresh, !isTooLong else { return nil }
    return layer.wantedForTrust(self)
  }

  mutating func take(_ answer: TrustAnswer) {
    guard answer.edition == edition, answer.choice == trustJob?.choice else { return }
    trust[answer.choice] = answer.readings
    if !answer.control.isEmpty { trustControls[answer.choice.subject] = answer.control }
    if answer.isFinal {
      trustJob = nil
      measured.insert(answer.choice)
    }
  }

  mutating func take(_ progress: TrustProgress) {
    guard progress.edition == edition, progress.choice == trustJob?.choice else { return }
    trustProgress = progress
  }

  mutating func forgetTrust() {
    (trust, trustControls, measured, trustJob) = ([:], [:], [], nil)
  }
}
