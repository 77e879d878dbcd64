public import Classifiers
internal import Glibc
internal import Tensors
public import Tokenizers

/// The errors of one output of a regression.
public struct RegressionScores: Sendable, Equatable {
  public var name: String
  /// The mean absolute and the root mean squared error; NaN without rows.
  public var meanAbsoluteError: Double
  public var rootMeanSquaredError: Double
  /// 1 minus the squared errors divided by those of the mean; like scikit-learn's `r2_score`, which
  /// is 1 or 0 if all numbers are equal. NaN for fewer than two rows.
  public var r2: Double
  /// NaN if either side is constant.
  public var pearson: Double
  public var spearman: Double
}

/// An example and its error, for the list of the largest.
public struct RegressionError: Sendable, Equatable {
  public var example: Example
  public var gold: [Double]
  public var predicted: [Float]
  /// The mean of the absolute errors of all outputs.
  public var absoluteError: Double
  /// The part of the text that the model did not read; nil if it read all of it.
  public var truncation: Truncation?
}

/// The evaluation of a regression on a data set.
public struct RegressionEvaluation: Sendable {
  public var outputs: [RegressionScores]
  public var rows: Int
  public var unlabelledRows: Int
  /// Rows whose text the model did not read entirely.
  public var truncatedRows: Int
  /// The mean squared error over rows and outputs, like PyTorch's `mse_loss`; NaN without rows.
  public var loss: Double
  /// The largest first, equal ones in the order of the rows.
  public var worst: [RegressionError]
  public var badRows: [BadRow]
  public var badRowCount: Int
}

/// Collects the numbers of a regression: rank correlation needs all of them, 16 bytes each.
public struct RegressionTally: Sendable {
  private let names: [String]
  private let limit: Int
  /// `[C][N]`.
  private var gold: [[Double]]
  private var predicted: [[Double]]
  private var unlabelledRows = 0
  private var truncatedRows = 0
  private var worst: [RegressionError] = []
  private var badRows: [BadRow] = []
  private var badRowCount = 0

  public init(outputs: [String], worst: Int) {
    names = outputs
    limit = max(0, worst)
    gold = Array(repeating: [], count: outputs.count)
    predicted = gold
  }

  public mutating func add(_ row: BadRow) {
    badRowCount += 1
    if badRows.count < EvaluationTally.badRowLimit { badRows.append(row) }
  }

  public mutating func add(_ example: Example, _ answer: ModelAnswer) {
    let logits = answer.logits
    guard let values = example.values, values.count == names.count, logits.count == names.count
    else {
      unlabelledRows += 1
      return
    }
    if answer.truncation != nil { truncatedRows += 1 }
    var sum = 0.0
    for output in names.indices {
      gold[output].append(values[output])
      predicted[output].append(Double(logits[output]))
      sum += abs(values[output] - Double(logits[output]))
    }
    keep(
      RegressionError(
        example: example, gold: values, predicted: logits,
        absoluteError: sum / Double(max(1, names.count)), truncation: answer.truncation))
  }

  /// A NaN error counts as the largest.
  private mutating func keep(_ error: RegressionError) {
    func rank(_ error: RegressionError) -> Double {
      error.absoluteError.isNaN ? .infinity : error.absoluteError
    }
    guard limit > 0 else { return }
    let value = rank(error)
    if worst.count == limit, let least = worst.last, rank(least) >= value { return }
    worst.insert(error, at: worst.firstIndex { rank($0) < value } ?? worst.count)
    if worst.count > limit { worst.removeLast() }
  }

  /// The evaluation of the rows so far.
  public var evaluation: RegressionEvaluation {
    let outputs = names.indices.map { scores($0) }
    let rows = gold.first?.count ?? 0
    let squares = outputs.map { $0.rootMeanSquaredError * $0.rootMeanSquaredError }
    return RegressionEvaluation(
      outputs: outputs, rows: rows, unlabelledRows: unlabelledRows,
      truncatedRows: truncatedRows,
      loss: squares.reduce(0, +) / Double(max(1, squares.count)), worst: worst, badRows: badRows,
      badRowCount: badRowCount)
  }

  private func scores(_ output: Int) -> RegressionScores {
    let (y, x) = (gold[output], predicted[output])
    let count = Double(y.count)
    let errors = zip(y, x).map { $0 - $1 }
    let squared = errors.reduce(0) { $0 + $1 * $1 }
    let mean = y.reduce(0, +) / count
    let spread = y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let r2 = spread > 0 ? 1 - squared / spread : squared == 0 ? 1 : 0
    return RegressionScores(
      name: names[output], meanAbsoluteError: errors.reduce(0) { $0 + abs($1) } / count,
      rootMeanSquaredError: sqrt(squared / count), r2: y.count < 2 ? .nan : r2,
      pearson: Correlation.pearson(y, x) ?? .nan, spearman: Correlation.spearman(y, x) ?? .nan)
  }
}
