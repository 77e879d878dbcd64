internal import Classifiers
public import Datasets
internal import Reports

extension Lane {
  public static let secondModel = Lane("second model", isInBackground: true)
}

/// A second model's predictions for all rows.
public struct AskSecondModel: Question {
  public enum Answer: Sendable {
    case began(name: String)
    /// It has the same number of classes, but their names do not tell which is which.
    case unmatched(name: String, classes: [String])
    case answered(OtherAnswers, RowsProgress)
    case ended(RowsProgress)
  }

  /// A value of `--model`.
  public var argument: String
  /// The user's mapping of its classes to those of the first model.
  public var classMap: [String: String]
  @GrowingTable public var table: ExampleTable

  public init(_ argument: String, classMap: [String: String] = [:], of table: ExampleTable) {
    self.argument = argument
    self.classMap = classMap
    self.table = table
  }

  public var lane: Lane { .secondModel }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    let first = try lab.model(in: .main).model
    let opened = try lab.surroundings.open(argument, progress: lab.meter.loading)
    let second = opened.model
    let given = classMap.map { (label: $0.key, className: $0.value) }
    let (mine, others) = (first.classifier.classes, second.classifier.classes)
    if others.count == mine.count, ClassMatching(others, to: mine, given: given) == nil {
      return .unmatched(name: second.name, classes: others)
    }
    let classes = try ClassMatch(second, beside: first, given: given)
    if let assumption = classes.assumption { lab.surroundings.notify(assumption) }
    try progress(.began(name: second.name))
    let asking = Asking(second, classes, lab, progress)
    return .ended(
      try asking.run(table, memory: lab.surroundings.predictions(of: opened, isQuiet: true)))
  }
}

/// Runs the second model over all rows of a table.
private final class Asking {
  private let model: Model
  private let classes: ClassMatch
  private let lab: Lab
  private let post: Progress<AskSecondModel.Answer>
  private let start: Duration
  private var reported: Duration
  private var answers: OtherAnswers
  private var progress = RowsProgress()

  init(
    _ model: Model, _ classes: ClassMatch, _ lab: Lab,
    _ post: @escaping Progress<AskSecondModel.Answer>
  ) {
    self.model = model
    self.classes = classes
    self.lab = lab
    self.post = post
    start = lab.clock()
    reported = start
    answers = OtherAnswers(name: model.name)
  }

  func run(_ table: ExampleTable, memory: StoredPredictions?) throws -> RowsProgress {
    var scorer = Scorer(
      model, memory: memory, progress: { [self] in progress.rows += $0 }, collect)
    for row in 0..<table.count {
      let text = table.content(ofRow: row)
      try scorer.add(
        .example(Example(index: row, line: row + 1, content: text, gold: .unknown)))
      try handOver(of: table.count)
    }
    try scorer.finish()
    try handOver(of: table.count, isLast: true)
    return progress
  }

  private func collect(_ line: ScoredLine) {
    guard case .scored(_, let answer) = line else {
      return answers.append(.unknown, probability: .nan)
    }
    let judgement = classes.judgement(answer, gold: .unknown)
    answers.append(judgement.predicted, probability: judgement.answerProbability)
  }

  private func handOver(of count: Int, isLast: Bool = false) throws {
    let now = lab.clock()
    guard isLast || answers.count > 0 && now - reported > .milliseconds(200) else { return }
    reported = now
    progress.share = Double(progress.rows) / Double(max(1, count))
    progress.measure(now - start)
    try post(.answered(answers, progress))
    answers = OtherAnswers(name: model.name)
  }
}
