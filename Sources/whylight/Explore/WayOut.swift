internal import Attribution
internal import Reports

/// What works where an explainer can't explain the text at hand, where no option can be given.
struct WayOut {
  /// Why the explainer can't, as a sentence without its full stop.
  let reason: String
  /// The explainer that can.
  let method: String

  init?(_ error: ExplainerError) {
    guard case .tooManyUnits(_, let found, let most) = error else { return nil }
    reason = Messages.tooManyTokens(found: found, most: most)
    method = ShapleySampling().card.name
  }
}
