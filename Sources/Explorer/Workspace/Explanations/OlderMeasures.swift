internal import Attribution
internal import Classifiers
internal import Reports

/// What was measured of a map that belongs to an older text by now. It stays beside that map until the
/// newer one has measures of its own: numbers that go and come back at each key are restless, and each
/// costs its bytes twice.
struct OlderMeasures: Sendable, Equatable {
  /// Of the map.
  var edition: Edition
  var choice: ExplanationChoice
  /// As `State.removals`.
  var removals: [[Int]: [Float]]
  var readings: [TrustReading]
  var control: [String: Float]
  /// The probability of the class that is explained.
  var probability: Float?
}

extension State {
  /// Before the results of the edition before are forgotten: what was known of the map whose numbers go
  /// on to be shown.
  mutating func keepOlderMeasures() {
    // of a map that was older already, what is kept is what there is
    guard let settled = explanations.settled, settled.job.edition == document.edition - 1 else {
      return
    }
    let choice = settled.job.choice
    // measures that have not come yet leave those of the map before in their place
    let before = removals.older?.choice == choice ? removals.older?.readings ?? [] : []
    removals.older = OlderMeasures(
      edition: settled.job.edition, choice: choice, removals: removals.probabilities,
      readings: trust.readings(of: choice).merged(over: before),
      control: (removals.older?.choice == choice ? removals.older?.control ?? [:] : [:])
        .merging(trust.controls(of: choice) ?? [:]) { $1 },
      probability: reading(by: choice.seat)?.prediction.probabilities
        .element(at: choice.classIndex))
  }

  /// The probabilities of all classes without a unit of the painted map; nil where that is not known.
  func probabilities(without unit: HeatUnit) -> [Float]? {
    guard isShownStale else { return removals.probabilities[unit.pieces] }
    return removals.older?.edition == explanations.shown?.job.edition
      ? removals.older?.removals[unit.pieces] : nil
  }

  /// As the panes beside the map see it.
  var beside: State {
    guard let settled = explanations.settled, let shown = explanations.shown,
      settled.job != shown.job || settled.seconds != shown.seconds
    else { return self }
    var state = self
    state.explanations.shown = settled
    return state
  }

  /// The class that the painted map is about, which may be another than the one that is asked for now.
  var shownClass: Int? { explanations.shown?.job.choice.classIndex ?? targetClass }

  /// The painted map is about another question than the one that is asked now, and stays for the moment
  /// that the answer takes.
  var isShownReplaced: Bool { explanations.shown.map { $0.job.choice != choice } ?? false }
}

extension [TrustReading] {
  /// These, and of the older ones those that these don't have.
  func merged(over older: [TrustReading]) -> [TrustReading] {
    let kept = older.map { old in first { $0.name == old.name } ?? old }
    return kept + filter { new in !older.contains { $0.name == new.name } }
  }
}
