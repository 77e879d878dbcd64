/// A confusion matrix.
public struct Confusion: Sendable, Equatable {
  /// A class that was mistaken for another.
  public struct Pair: Sendable, Hashable {
    public var gold: Int
    public var predicted: Int
    public var count: Int

    public init(gold: Int, predicted: Int, count: Int) {
      self.gold = gold
      self.predicted = predicted
      self.count = count
    }
  }

  private struct Cell: Hashable {
    var gold: Int
    var predicted: Int
  }

  private let classes: Int
  /// Only nonzero cells: a model may have many thousand classes.
  private var counts: [Cell: Int] = [:]

  public init(classes: Int) {
    self.classes = classes
  }

  public mutating func add(gold: Int, predicted: Int) {
    counts[Cell(gold: gold, predicted: predicted), default: 0] += 1
  }

  public subscript(gold: Int, predicted: Int) -> Int {
    counts[Cell(gold: gold, predicted: predicted)] ?? 0
  }

  /// `[C, C]`: rows gold, columns predicted.
  public var rows: [[Int]] {
    (0..<classes).map { gold in (0..<classes).map { self[gold, $0] } }
  }

  public var total: Int { counts.values.reduce(0, +) }
  public var hits: Int { counts.filter { $0.key.gold == $0.key.predicted }.values.reduce(0, +) }

  /// The confused pairs, the most frequent first, equal ones in the order of the matrix's cells
  /// (like fastai's `Interpretation.most_confused`).
  public func mostConfused(atLeast least: Int = 1) -> [Pair] {
    counts.filter { $0.key.gold != $0.key.predicted && $0.value >= least }
      .map { Pair(gold: $0.key.gold, predicted: $0.key.predicted, count: $0.value) }
      .sorted { ($1.count, $0.gold, $0.predicted) < ($0.count, $1.gold, $1.predicted) }
  }

  /// The expected agreement of rows and columns by chance: the sum of the products of their shares.
  var chanceAgreement: Double {
    var rows: [Int: Double] = [:]
    var columns: [Int: Double] = [:]
    for (cell, count) in counts {
      rows[cell.gold, default: 0] += Double(count)
      columns[cell.predicted, default: 0] += Double(count)
    }
    let total = Double(total)
    return total == 0
      ? 0 : rows.reduce(0) { $0 + $1.value * (columns[$1.key] ?? 0) } / (total * total)
  }

  var classScores: [ClassScores] {
    var hits = [Int](repeating: 0, count: classes)
    var predicted = hits
    var support = hits
    for (cell, count) in counts {
      support[cell.gold] += count
      predicted[cell.predicted] += count
      if cell.gold == cell.predicted { hits[cell.gold] += count }
    }
    return (0..<classes).map {
      ClassScores(hits: hits[$0], predicted: predicted[$0], support: support[$0])
    }
  }
}
