internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

extension Explanation {
  /// The distance between the scores of two explanations that paint the same heatmap: the largest
  /// difference of two scores, each as a share of its own scale. Nil if any word is painted
  /// differently.
  func distance(to other: Explanation, scale: HeatScale, areSigned: Bool) -> Float? {
    let (left, right) = (map, other.map)
    guard left.units.map(\.utf8Range) == right.units.map(\.utf8Range) else { return nil }
    let (leftScale, rightScale) = (scale.value(for: left), scale.value(for: right))
    var largest: Float = 0
    for (first, second) in zip(left.units, right.units) {
      let levels = (
        HeatLevel.level(of: first.score, scale: leftScale),
        HeatLevel.level(of: second.score, scale: rightScale)
      )
      guard areSigned ? levels.0 == levels.1 : abs(levels.0) == abs(levels.1) else { return nil }
      let shares = (
        leftScale > 0 ? first.score / leftScale : 0,
        rightScale > 0 ? second.score / rightScale : 0
      )
      largest = max(largest, abs(shares.0 - shares.1))
    }
    return largest
  }
}

extension State {
  /// Reports that two explainers agree if the new one paints the same heatmap, since its key would
  /// seem to have no effect. Waits for the final result.
  mutating func reportSamePicture(of explanation: Explanation) {
    guard let before = explanations.replaced?.explanation, explanation.isFinal else { return }
    explanations.replaced = nil
    let (old, new) = (before.job.choice, explanation.job.choice)
    guard before.job.edition == explanation.job.edition, old.subject == new.subject,
      old.method != new.method, let oldCard = summary?.method(named: old.method)?.card,
      let newCard = summary?.method(named: new.method)?.card,
      oldCard.isSigned == newCard.isSigned,
      let distance = before.distance(
        to: explanation, scale: explore.scale, areSigned: newCard.isSigned)
    else { return }
    // Rounded up, so that the distance is within the stated number.
    let bound = max(0.01, (distance * 100).rounded(.up) / 100)
    message = Message(
      kind: .notice,
      text: "\(newCard.title): the same picture as \(oldCard.title), to within "
        + "\(Numerals.fixed(bound, 2)) of the scale")
  }
}
