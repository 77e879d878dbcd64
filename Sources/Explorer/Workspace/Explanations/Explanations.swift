internal import Attribution
internal import Reports

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
  /// What was painted before something else was asked for, until that one's last result.
  var replaced: Replaced?

  public internal(set) var job: ExplanationJob?
  var jobCount = 0
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
  /// Seconds that each explainer took last.
  var times: [String: Double] = [:]

  /// A whole map that made way for another question, with what was asked then.
  struct Replaced: Sendable, Equatable {
    var explanation: Explanation
    var classChoice: ExplanationSettings.ClassChoice
    var contrast: ExplanationSettings.Contrast
  }

  /// Starts a job in place of the one that runs.
  mutating func begin(
    _ choice: ExplanationChoice, of edition: Edition, at now: Double,
    options: ExplainerOptions
  ) -> ExplanationJob {
    jobCount += 1
    let next = ExplanationJob(
      edition: edition, choice: choice, options: options, number: jobCount)
    job = next
    expectedPasses = nil
    (jobSince, jobPasses) = (now, nil)
    return next
  }

  mutating func receive(_ explanation: Explanation) {
    results[explanation.job.choice] = explanation
    guard explanation.isFinal else { return }
    job = nil
    times[explanation.job.choice.method] = explanation.seconds
  }

  /// - Parameter instead: the explainer that would work, if one is known.
  mutating func fail(_ failed: ExplanationJob, _ reason: String, instead: String?) {
    guard failed == job else { return }
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

  /// What was computed in another way is no answer any more; what the user forced stays so.
  mutating func forgetAnswers() { (results, ended, instead, replaced) = ([:], [:], [:], nil) }

  /// Of the edition before; what is painted stays until there is something newer.
  mutating func forgetResults() { (results, ended, instead, forced) = ([:], [:], [:], []) }

  /// Of one of two models.
  mutating func forget(of seat: ModelSeat) {
    results = results.filter { $0.key.seat != seat }
    ended = ended.filter { $0.key.seat != seat }
  }

  /// Of a model that is gone.
  mutating func forgetAll() {
    forgetResults()
    (shown, settled, carried, replaced, job) = (nil, nil, nil, nil, nil)
    times = [:]
  }

  /// The painted map follows an edit of the text.
  mutating func carry(by move: CarriedRanges) {
    guard let shown else { return }
    let ranges = carried ?? shown.map.units.map { $0.utf8Range }
    carried = ranges.map { $0.flatMap { move.range($0) } }
  }
}
