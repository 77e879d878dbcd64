internal import Glibc

/// Two models on one data set: where they disagree, and which one is right.
public struct ModelAgreement: Sendable, Equatable {
  public private(set) var bothRight = 0
  public private(set) var onlyFirstRight = 0
  public private(set) var onlySecondRight = 0
  /// Both are wrong, with the same or with different predictions.
  public private(set) var bothWrongAlike = 0
  public private(set) var bothWrongApart = 0
  /// Rows with the same prediction, with or without a label.
  public private(set) var sameCount = 0
  public private(set) var rows = 0
  /// Rows are the first model's predictions, columns the second's; for single-label models only.
  public private(set) var answers: Confusion

  public init(classes: Int) {
    answers = Confusion(classes: classes)
  }

  public mutating func add(gold: Gold, first: Gold, second: Gold) {
    rows += 1
    if first == second { sameCount += 1 }
    if case (.one(let first), .one(let second)) = (first, second) {
      answers.add(gold: first, predicted: second)
    }
    guard gold != .unknown else { return }
    switch (first == gold, second == gold) {
    case (true, true): bothRight += 1
    case (true, false): onlyFirstRight += 1
    case (false, true): onlySecondRight += 1
    case (false, false) where first == second: bothWrongAlike += 1
    case (false, false): bothWrongApart += 1
    }
  }

  public var labelledRows: Int {
    bothRight + onlyFirstRight + onlySecondRight + bothWrongAlike + bothWrongApart
  }

  /// The fraction of rows with the same prediction; NaN without rows.
  public var agreement: Double { rows == 0 ? .nan : ClassScores.ratio(sameCount, rows) }

  /// Agreement beyond chance (Cohen 1960); nil if chance agreement is certain, and for multi-label
  /// models.
  public var kappa: Double? {
    let total = Double(answers.total)
    guard total > 0 else { return nil }
    let expected = answers.chanceAgreement
    return expected < 1 ? (Double(answers.hits) / total - expected) / (1 - expected) : nil
  }

  /// The p-value of the hypothesis that both models are equally often right (McNemar 1947): the
  /// probability that the rows where only one is right split so unevenly, or more so, with a fair
  /// coin. Exact and two-sided; 1 if there are no such rows.
  public var mcNemar: Double {
    let count = onlyFirstRight + onlySecondRight
    let fewer = min(onlyFirstRight, onlySecondRight)
    guard count > 0 else { return 1 }
    guard 2 * fewer < count else { return 1 }
    // The tail of the binomial distribution, summed from its largest term down.
    var term = exp(Self.logChoose(count, fewer) - Double(count) * log(2))
    var tail = 0.0
    var index = fewer
    while index >= 0, term > 0 {
      tail += term
      term *= Double(index) / Double(count - index + 1)
      index -= 1
    }
    return min(1, 2 * tail)
  }

  /// McNemar's statistic with Edwards' continuity correction; nil if there are no such rows.
  public var mcNemarStatistic: Double? {
    let count = onlyFirstRight + onlySecondRight
    guard count > 0 else { return nil }
    let distance = Double(abs(onlyFirstRight - onlySecondRight)) - 1
    return max(0, distance) * max(0, distance) / Double(count)
  }

  private static func logChoose(_ count: Int, _ chosen: Int) -> Double {
    lgamma(Double(count) + 1) - lgamma(Double(chosen) + 1) - lgamma(Double(count - chosen) + 1)
  }
}
