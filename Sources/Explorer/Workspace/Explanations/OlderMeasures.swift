internal import Attribution
internal import Classifiers
internal import Reports
internal import Workbench

/// The measures of an older text's map. They are shown beside that map until the newer one has been
/// measured: numbers that disappear and return at each keystroke would flicker and be sent to the
/// terminal twice.
struct OlderMeasures: Sendable, Equatable {
  /// The edition of the map.
  var edition: Edition
  var choice: ExplanationChoice
  /// The probabilities without a unit's pieces, as in `Removals`.
  var removals: [[Int]: [Float]]
  var readings: [TrustReading]
  var control: [String: Float]
  /// The probability of the class that is explained.
  var probability: Float?
}

extension State {
  /// Stores the measures of the map that stays on the screen, before the results of its edition are
  /// dropped.
  mutating func keepOlderMeasures() {
    // If the map was stale before, its measures are stored already.
    guard let settled = explanations.settled, settled.job.edition == document.edition - 1 else {
      return
    }
    let choice = settled.job.choice
    // Measures that have not arrived yet keep the values of the map before.
    let before = removals.older?.choice == choice ? removals.older?.readings ?? [] : []
    removals.older = OlderMeasures(
      edition: settled.job.edition, choice: choice, removals: removals.probabilities,
      readings: trust.readings(of: choice).merged(over: before),
      control: (removals.older?.choice == choice ? removals.older?.control ?? [:] : [:])
        .merging(trust.controls(of: choice) ?? [:]) { $1 },
      probability: reading(by: choice.seat)?.prediction.probabilities
        .element(at: choice.classIndex))
  }

  /// The probabilities of all classes with one unit of the painted map removed; nil if unknown.
  func probabilities(without unit: HeatUnit) -> [Float]? {
    guard isShownStale else { return removals.probabilities[unit.pieces] }
    return removals.older?.edition == explanations.shown?.job.edition
      ? removals.older?.removals[unit.pieces] : nil
  }

  /// The state for the panes beside the map: its explanation is the settled one.
  var settledState: State {
    guard let settled = explanations.settled, let shown = explanations.shown,
      settled.job != shown.job || settled.seconds != shown.seconds
    else { return self }
    var state = self
    state.explanations.shown = settled
    return state
  }

  /// The class that the painted map explains, which may differ from the class that is selected now.
  var shownClass: Int? { explanations.shown?.job.choice.classIndex ?? targetClass }

  /// Whether the painted map is not the one that the present settings ask for, and stays until that
  /// one arrives.
  var isShownReplaced: Bool { explanations.shown.map { $0.job.choice != choice } ?? false }
}

extension [TrustReading] {
  /// These readings, and the older ones of measures that are missing here.
  func merged(over older: [TrustReading]) -> [TrustReading] {
    let kept = older.map { old in first { $0.name == old.name } ?? old }
    return kept + filter { new in !older.contains { $0.name == new.name } }
  }
}
