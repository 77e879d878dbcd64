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

/// The classes of a second model in the order of the first one's.
struct ClassMatch {
  /// The place of each of the first model's classes among the second one's.
  private let places: [Int]
  private let rule: DecisionRule
  /// What was assumed of classes that are not called alike, as a sentence; nil where all are.
  let assumption: String?

  /// A class of the second model, and the same one of the first.
  typealias Pair = (label: String, className: String)

  /// - Parameter given: what the user says of classes, as `--class-map`.
  /// - Throws: `Failure` where the two know other classes, or in another way.
  init(_ second: Model, beside first: Model, given: [Pair] = []) throws {
    let (mine, others) = (first.classifier.classes, second.classifier.classes)
    let link = second.classifier.link
    for pair in given {
      for (model, name) in [(second, pair.label), (first, pair.className)]
      where !model.classifier.classes.contains(name) {
        throw Failure.usage(
          "--class-map \(pair.label)=\(pair.className): \(model.name) has no class '\(name)';"
            + " its classes are \(Messages.shortList(model.classifier.classes))")
      }
    }
    guard let match = ClassMatching(others, to: mine, given: given) else {
      let way =
        mine.count == others.count
        ? "; --class-map OTHER=THIS says which is which, for each class" : ""
      throw Failure.usage(
        "\(second.name) knows the classes \(Messages.shortList(others)) and \(first.name)"
          + " \(Messages.shortList(mine)): two models are compared on the same classes" + way)
    }
    places = match.places
    rule = DecisionRule(
      link, thresholds: match.places.map(second.classifier.rule.threshold(of:)))
    let pairs = zip(mine, match.places).map { "\(others[$1]) = \($0)" }
    assumption =
      match.isByName
      ? nil
      : "the classes of \(second.name) and \(first.name) were matched by the numbers in their"
        + " names: \(Messages.shortList(pairs))"
    guard link == first.classifier.link, link != .identity else {
      throw Failure.usage(
        "\(second.name) and \(first.name) don't both answer with one class a text, or both with"
          + " several")
    }
  }

  /// In the first model's classes.
  func judgement(_ answer: ModelAnswer, gold: Gold) -> Judgement {
    var answer = answer
    answer.logits = places.map { [logits = answer.logits] in logits[$0] }
    return Judgement(answer, gold: gold, rule: rule)
  }
}

extension Judgement {
  /// Of what the model says, as the table has it.
  var answerProbability: Float {
    var chunk = ExampleChunk(classes: probabilities.count)
    chunk.append(Example(index: 0, line: 1, content: .text(""), gold: .unknown), self)
    return chunk.example(0).probability
  }
}
