internal import Attribution
internal import Reports
internal import Workbench

/// Why the model says so: what was computed, what is painted, and what is being computed.
public struct Explanations: Sendable {
  /// Results for the present edition.
  var results: [ExplanationChoice: Explanation] = [:]
  /// What is painted; of an older edition while the newer one is computed.
  public internal(set) var shown: Explanation?
  /// What the panes beside the map are about: the map's first refinements are painted, and the numbers
  /// follow once they are settled.
  var settled: Explanation?
  /// Where the units of a stale map stand in the present text; nil for those that were edited.
  var carried: [Range<Int>?]?
  /// The map that was painted before another one was requested; kept until that one is complete.
  var replaced: Replaced?

  public internal(set) var job: ExplanationJob?
  /// About how many model passes the job takes, once that is known.
  var expectedPasses: Int?
  /// When the job began, and how many passes it has made.
  var jobSince = 0.0
  var jobPasses: Int?

  /// Choices that were cancelled by hand or that failed, with the reason, for this edition.
  var ended: [ExplanationChoice: String] = [:]
  /// The explainer that would work for the present text in place of one that failed.
  var instead: [ExplanationChoice: String] = [:]
  /// Choices that were asked for although the text is long.
  var forced: Set<ExplanationChoice> = []
  /// Special tokens are marks of their own in the maps.
  var showsSpecials = false
  /// Seconds that each explainer took last.
  var times: [String: Double] = [:]

  /// A complete map that another request replaced, with the settings it was computed for.
  struct Replaced: Sendable, Equatable {
    var explanation: Explanation
    var classChoice: ExplanationSettings.ClassChoice
    var contrast: ExplanationSettings.Contrast
  }

  /// Starts a job in place of the one that runs.
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

  /// - Parameter instead: the explainer that would work, if one is known.
  mutating func fail(_ reason: String, instead: String?) {
    guard let failed = job else { return }
    job = nil
    ended[failed.choice] = reason
    self.instead[failed.choice] = instead
  }

  /// Asks for a choice again, even where the text is long.
  mutating func askAgain(for choice: ExplanationChoice) {
    results[choice] = nil
    ended[choice] = nil
    forced.insert(choice)
    job = nil
  }

  /// Drops what was computed with other settings. Choices that the user forced stay forced.
  mutating func forgetAnswers() { (results, ended, instead, replaced) = ([:], [:], [:], nil) }

  /// Drops the results of the previous edition. The painted map stays until there is a newer one.
  mutating func forgetResults() { (results, ended, instead, forced) = ([:], [:], [:], []) }

  /// Drops the results of one of the two models.
  mutating func forget(of seat: ModelSeat) {
    results = results.filter { $0.key.seat != seat }
    ended = ended.filter { $0.key.seat != seat }
  }

  /// Drops everything that the previous model said.
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
