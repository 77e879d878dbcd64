internal import Attribution
internal import Reports
internal import Workbench

/// The explanations of the present text: computed, painted, and being computed.
public struct Explanations: Sendable {
  /// Results for the present edition.
  var results: [ExplanationChoice: Explanation] = [:]
  /// The painted explanation; for an older edition while the newer one is computed.
  public internal(set) var shown: Explanation?
  /// The explanation that the panes beside the map show. The map shows the first refinements; the
  /// panes follow once they have settled.
  var settled: Explanation?
  /// The ranges of a stale map's units in the present text; nil for units that were edited.
  var carried: [Range<Int>?]?
  /// The map that was painted before another one was requested; kept until that one is complete.
  var replaced: Replaced?

  public internal(set) var job: ExplanationJob?
  /// The approximate number of model passes that the job takes, once known.
  var expectedPasses: Int?
  /// The time at which the job began, and the number of passes so far.
  var jobSince = 0.0
  var jobPasses: Int?

  /// Choices of this edition that the user cancelled or that failed, with the reasons.
  var ended: [ExplanationChoice: String] = [:]
  /// For each failed choice, the explainer that would work for the present text.
  var instead: [ExplanationChoice: String] = [:]
  /// Choices that were requested although the text is long.
  var forced: Set<ExplanationChoice> = []
  /// Whether special tokens are separate marks in the maps.
  var showsSpecials = false
  /// The latest time of each explainer, in seconds.
  var times: [String: Double] = [:]

  /// A complete map that another request replaced, with the settings that it was computed for.
  struct Replaced: Sendable, Equatable {
    var explanation: Explanation
    var classChoice: ExplanationSettings.ClassChoice
    var contrast: ExplanationSettings.Contrast
  }

  /// Starts a job, which replaces the running one.
  mutating func begin(_ next: ExplanationJob, at now: Double) {
    job = next
    expectedPasses = nil
    (jobSince, jobPasses) = (now, nil)
  }

  mutating func receive(_ explanation: Explanation) {
    results[explanation.job.choice] = explanation
    guard explanation.isFinal else { return }
    job = nil
    times[explanation.job.choice.method] = explanation.seconds
  }

  /// - Parameter instead: the explainer that would work, if known.
  mutating func fail(_ reason: String, instead: String?) {
    guard let failed = job else { return }
    job = nil
    ended[failed.choice] = reason
    self.instead[failed.choice] = instead
  }

  /// Requests a choice again, even if the text is long.
  mutating func askAgain(for choice: ExplanationChoice) {
    results[choice] = nil
    ended[choice] = nil
    forced.insert(choice)
    job = nil
  }

  /// Drops results that were computed with other settings. Choices that the user forced stay
  /// forced.
  mutating func forgetAnswers() { (results, ended, instead, replaced) = ([:], [:], [:], nil) }

  /// Drops the results of the previous edition. The painted map stays until there is a newer one.
  mutating func forgetResults() { (results, ended, instead, forced) = ([:], [:], [:], []) }

  /// Drops the results of one of the two models.
  mutating func forget(of seat: ModelSeat) {
    results = results.filter { $0.key.seat != seat }
    ended = ended.filter { $0.key.seat != seat }
  }

  /// Drops all results of the previous model.
  mutating func forgetAll() {
    forgetResults()
    (shown, settled, carried, replaced, job) = (nil, nil, nil, nil, nil)
    times = [:]
  }

  /// Moves the painted map along with an edit of the text.
  mutating func carry(by move: CarriedTexts) {
    guard let shown else { return }
    let ranges = carried ?? shown.map.units.map { $0.utf8Range }
    carried = ranges.map { $0.flatMap { move.range($0) } }
  }
}
