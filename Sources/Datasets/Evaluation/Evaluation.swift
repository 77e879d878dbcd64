public import Classifiers

/// How well a model does on a data set.
public struct Evaluation: Sendable {
  public let classes: [String]
  /// A text has any number of classes.
  public let isMultiLabel: Bool
  /// Rows with a label, on which everything else stands.
  public var rows: Int
  /// Rows that have none.
  public var unlabelledRows: Int
  /// Those of the rows of whose text the model did not take in all.
  public var truncatedRows: Int
  /// The share of rows that are right altogether: for several classes a text, with no class missing
  /// and none too many (subset accuracy). NaN, as all figures below, where there are no rows.
  public var accuracy: Double
  /// The mean over the rows.
  public var loss: Double
  /// In the order of the classes.
  public var scores: [ClassScores]
  public var macro: ClassScores
  public var weighted: ClassScores
  /// Over all decisions together; for one class a text all three are the accuracy.
  public var micro: ClassScores
  /// The mean over the rows; for several classes a text only.
  public var samples: ClassScores?
  /// For one class a text only.
  public var confusion: Confusion?
  public var calibration: Calibration
  /// Nil where there is none: see `TemperatureTally.fit`.
  public var temperature: Temperature?
  public var topLosses: [Loss]
  public var badRows: [BadRow]
  /// Bad rows altogether; `badRows` lists the first of them.
  public var badRowCount: Int
}

/// Adds up an evaluation, row by row, in memory that does not grow with the rows.
public struct EvaluationTally: Sendable {
  /// Lists of bad rows that are longer tell nothing more.
  public static let badRowLimit = 10_000

  private let classes: [String]
  private let link: OutputLink
  private var rows = 0
  private var unlabelledRows = 0
  private var truncatedRows = 0
  private var loss = 0.0
  private var confusion: Confusion
  private var labels: LabelTally
  private var calibration: Calibration
  private var temperature: TemperatureTally
  private var topLosses: TopLosses
  private var badRows: [BadRow] = []
  private var badRowCount = 0

  public init(
    classes: [String], link: OutputLink, topLosses: Int, bins: Int = Calibration.binCount
  ) {
    self.classes = classes
    self.link = link
    confusion = Confusion(classes: classes.count)
    labels = LabelTally(classes: classes.count)
    calibration = Calibration(bins: bins)
    temperature = TemperatureTally(
      classes: classes.count, isByClass: link == .sigmoid, bins: bins)
    self.topLosses = TopLosses(limit: topLosses)
  }

  public mutating func add(_ row: BadRow) {
    badRowCount += 1
    if badRows.count < Self.badRowLimit { badRows.append(row) }
  }

  public mutating func add(_ example: Example, _ judgement: Judgement) {
    guard example.gold != .unknown else {
      unlabelledRows += 1
      return
    }
    rows += 1
    if judgement.truncation != nil { truncatedRows += 1 }
    loss += judgement.loss
    temperature.add(judgement.probabilities, gold: example.gold)
    switch (link, example.gold, judgement.predicted) {
    case (.softmax, .one(let gold), .one(let predicted)):
      confusion.add(gold: gold, predicted: predicted)
      calibration.add(
        confidence: judgement.probabilities[predicted], occurs: gold == predicted)
    default:
      let gold = Set(example.gold.classes)
      labels.add(gold: gold, predicted: Set(judgement.predicted.classes))
      for (index, probability) in judgement.probabilities.enumerated() {
        calibration.add(confidence: probability, occurs: gold.contains(index))
      }
    }
    topLosses.add(Loss(example: example, judgement: judgement))
  }

  /// What the rows so far add up to.
  public var evaluation: Evaluation {
    let isMultiLabel = link == .sigmoid
    guard rows > 0 else { return empty }
    let scores = isMultiLabel ? labels.classScores : confusion.classScores
    let accuracy =
      ClassScores.ratio(isMultiLabel ? labels.exactRows : confusion.hits, rows)
    let micro =
      isMultiLabel
      ? labels.micro
      : ClassScores(precision: accuracy, recall: accuracy, f1: accuracy, support: rows)
    return Evaluation(
      classes: classes, isMultiLabel: isMultiLabel, rows: rows, unlabelledRows: unlabelledRows,
      truncatedRows: truncatedRows, accuracy: accuracy, loss: loss / Double(rows), scores: scores,
      macro: scores.macro, weighted: scores.weighted, micro: micro,
      samples: isMultiLabel ? labels.samples : nil, confusion: isMultiLabel ? nil : confusion,
      calibration: calibration, temperature: try? temperature.fit(),
      topLosses: topLosses.losses, badRows: badRows,
      badRowCount: badRowCount)
  }
  /// Without a row there is nothing to divide by, and no figure is zero.
  private var empty: Evaluation {
    let none = ClassScores(precision: .nan, recall: .nan, f1: .nan, support: 0)
    let isMultiLabel = link == .sigmoid
    return Evaluation(
      classes: classes, isMultiLabel: isMultiLabel, rows: 0, unlabelledRows: unlabelledRows,
      truncatedRows: 0, accuracy: .nan, loss: .nan, scores: classes.map { _ in none },
      macro: none, weighted: none, micro: none, samples: isMultiLabel ? none : nil,
      confusion: isMultiLabel ? nil : confusion, calibration: calibration, temperature: nil,
      topLosses: [], badRows: badRows, badRowCount: badRowCount)
  }
}
