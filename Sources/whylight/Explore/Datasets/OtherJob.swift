internal import Classifiers
internal import Datasets
internal import Explorer
internal import Reports

/// Asks a second model about all rows of a table.
final class OtherJob {
  private let model: Model
  private let memory: StoredPredictions?
  let classes: ClassMatch
  private let post: (OtherEvent) -> Void
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var told: ContinuousClock.Instant
  private var answers: OtherAnswers
  private var progress = ScoringProgress()

  /// - Parameter first: the model that the table's answers are of.
  /// - Throws: `Failure` where the two know other classes.
  init(
    _ model: Model, beside first: Model, given: [ClassMatch.Pair], memory: StoredPredictions?,
    post: @escaping (OtherEvent) -> Void
  ) throws {
    self.model = model
    self.memory = memory
    self.post = post
    classes = try ClassMatch(model, beside: first, given: given)
    start = clock.now
    told = start
    answers = OtherAnswers(name: model.name)
  }

  /// - Throws: `CancellationError`, and what the model throws.
  func run(_ table: ExampleTable) throws {
    post(.began(name: model.name))
    var scorer = Scorer(
      model, memory: memory, progress: { [self] in progress.rows += $0 }, take)
    for row in 0..<table.count {
      try scorer.add(
        .example(
          Example(
            index: row, line: row + 1, content: .text(table.text(ofRow: row)), gold: .unknown)))
      tell(of: table.count)
    }
    try scorer.finish()
    tell(of: table.count, isLast: true)
    post(.ended(progress))
  }

  private func take(_ line: ScoredLine) {
    guard case .scored(_, let answer) = line else {
      return answers.append(.unknown, probability: .nan)
    }
    let judgement = classes.judgement(answer, gold: .unknown)
    answers.append(judgement.predicted, probability: judgement.answerProbability)
  }

  private func tell(of count: Int, isLast: Bool = false) {
    let now = clock.now
    guard isLast || answers.count > 0 && now - told > .milliseconds(200) else { return }
    told = now
    progress.share = Double(progress.rows) / Double(max(1, count))
    progress.rowsPerSecond = Double(progress.rows) / max(1e-3, (now - start) / .seconds(1))
    post(.answered(answers, progress))
    answers = OtherAnswers(name: model.name)
  }
}
