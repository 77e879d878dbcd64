internal import Attribution
internal import Reports

/// What to do if an explainer does not apply to the text and no option can be given.
struct AlternativeExplainer {
  /// Why the explainer does not apply, as a sentence without its full stop.
  let reason: String
  /// An explainer that applies.
  let method: String

  init?(_ error: ExplainerError) {
    guard case .tooManyUnits(_, let found, let most) = error else { return nil }
    reason = Messages.tooManyTokens(found: found, most: most)
    method = ShapleySampling().card.name
  }
}
