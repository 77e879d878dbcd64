internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers

/// Measuring how far what is on the screen can be trusted: after everything else, for what is in
/// sight, and given up with the next key.
extension State {
  mutating func settleTrust(_ effects: inout [Effect]) {
    guard explanations.job == nil, removals.request == nil, let wanted = wantedForTrust,
      trust.job?.choice != wanted.job.choice
    else { return }
    let choice = wanted.job.choice
    let request = TrustRequest(
      edition: document.edition, choice: choice, attribution: wanted.attribution,
      options: wanted.job.options,
      needsControl: trust.controls(of: choice) == nil)
    trust.begin(request, at: now)
    effects.append(.measureTrust(request))
  }

  /// The explanation in sight that has not been measured to its end.
  private var wantedForTrust: Explanation? {
    guard isPredictionFresh, !isTooLong else { return nil }
    return layer.wantedForTrust(self)
  }
}
