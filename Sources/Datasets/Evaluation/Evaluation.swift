public import Classifiers

/// How well a model does on a data set.
public struct Evaluation: Sendable {
  public let classes: [String]
  /// Whether texts have any number of classes (multi-label).
  public let isMultiLabel: Bool
  /// Rows with a label; everything else is based on them.
  public var rows: Int
  /// Rows without a label.
  public var unlabelledRows: Int
  /// Rows whose text the model did not read entirely.
  public var truncatedRows: Int
  /// The fraction of rows that are right; for multi-label models, with no class missing and none
  /// too many (subset accuracy). NaN without rows, like all figures below.
  public var accuracy: Double
  /// The mean over the rows.
  public var loss: Double
  /// In the order of the classes.
  public var scores: [ClassScores]
  public var macro: ClassScores
  public var weighted: ClassScores
  /// Over all decisions; for single-label models, all three equal the accuracy.
  public var micro: ClassScores
  /// The mean over the rows; for multi-label models only.
  public var samples: ClassScores?
  /// For single-label models only.
  public var confusion: Confusion?
  public var calibration: Calibration
  /// nil if there is none: see `TemperatureTally.fit`.
  public var temperature: Temperature?
  public var topLosses: [Loss]
  public var badRows: [BadRow]
  /// The number of all bad rows; `badRows` lists the first of them.
  public var badRowCount: Int
}

/// Accumulates an evaluation row by row, in constant memory.
public struct EvaluationTally: Sendable {
  /// A longer list of bad rows would tell nothing more.
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

  /// The evaluation of the rows so far.
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
  /// Without rows there is nothing to divide by, and no figure is zero.
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
