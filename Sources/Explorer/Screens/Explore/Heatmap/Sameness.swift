internal import Attribution
internal import Reports
internal import TerminalUI

/// Whether two explanations of one text paint the same, and how far their scores lie apart.
enum Sameness {
  /// The largest distance of two scores, each as a share of its own scale; nil where a word is
  /// painted differently.
  static func distance(
    _ a: Explanation, _ b: Explanation, scale: HeatScale, areSigned: Bool
  ) -> Float? {
    let (left, right) = (a.map, b.map)
    guard left.units.map(\.utf8Range) == right.units.map(\.utf8Range) else { return nil }
    let (one, other) = (scale.value(for: left), scale.value(for: right))
    var largest: Float = 0
    for (first, second) in zip(left.units, right.units) {
      let levels = (
        HeatLevel.level(of: first.score, scale: one),
        HeatLevel.level(of: second.score, scale: other)
      )
      guard areSigned ? levels.0 == levels.1 : abs(levels.0) == abs(levels.1) else { return nil }
      let shares = (one > 0 ? first.score / one : 0, other > 0 ? second.score / other : 0)
      largest = max(largest, abs(shares.0 - shares.1))
    }
    return largest
  }
}

extension State {
  /// Another explainer that paints the same would look like a key that does nothing: say that it
  /// was heard, once its last result is there.
  mutating func tellSameness(of explanation: Explanation) {
    guard let before = explanations.replaced?.explanation, explanation.isFinal else { return }
    explanations.replaced = nil
    let (old, new) = (before.job.choice, explanation.job.choice)
    guard before.job.edition == explanation.job.edition, old.subject == new.subject,
      old.method != new.method, let oldCard = summary?.method(named: old.method)?.card,
      let newCard = summary?.method(named: new.method)?.card,
      oldCard.isSigned == newCard.isSigned,
      let distance = Sameness.distance(
        before, explanation, scale: explore.scale, areSigned: newCard.isSigned)
    else { return }
    // rounded up: within the number that is said
    let bound = max(0.01, (distance * 100).rounded(.up) / 100)
    message = Message(
      kind: .notice,
      text: "\(newCard.title): the same picture as \(oldCard.title), to within "
        + "\(Numerals.fixed(bound, 2)) of the scale")
  }
}
