/// A label that is probably wrong.
public struct LabelSuspect: Sendable, Equatable {
  /// Which of the texts, counted from 0.
  public var index: Int
  public var gold: Int
  /// What the label should be by the model.
  public var suggested: Int
  /// The probability of the suggestion less that of the label; the larger the more suspect.
  public var margin: Double
}

/// Finds wrong labels by confident learning (Northcutt, Jiang, Chuang 2021, arXiv:1911.00068,
/// eq. 1 and 2): a class's threshold is the mean probability that the model gives it on the texts
/// that are labelled so; a text is suspect where the most probable of all classes that pass their
/// threshold is another than its label.
///
/// It wants probabilities of a model that has not learnt these very labels.
public enum LabelSuspects {
  /// - Parameters:
  ///   - gold: labels, one class a text; nil where there is none.
  ///   - probabilities: `[N, C]`.
  /// - Returns: the most suspect first, equal ones in the order of the texts.
  public static func find(gold: [Int?], probabilities: [[Float]], classes: Int) -> [LabelSuspect] {
    let thresholds = thresholds(gold: gold, probabilities: probabilities, classes: classes)
    var suspects: [LabelSuspect] = []
    for (index, (gold, row)) in zip(gold, probabilities).enumerated() {
      guard let gold, row.indices.contains(gold) else { continue }
      let confident = row.indices.filter { Double(row[$0]) >= thresholds[$0] }
      guard let suggested = confident.max(by: { row[$0] < row[$1] }), suggested != gold else {
        continue
      }
      suspects.append(
        LabelSuspect(
          index: index, gold: gold, suggested: suggested,
          margin: Double(row[suggested]) - Double(row[gold])))
    }
    return suspects.sorted { ($1.margin, $0.index) < ($0.margin, $1.index) }
  }

  /// A class that is never a label has none to pass: infinity.
  private static func thresholds(
    gold: [Int?], probabilities: [[Float]], classes: Int
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: classes)
    var counts = [Int](repeating: 0, count: classes)
    for (gold, row) in zip(gold, probabilities) {
      guard let gold, gold < classes, row.indices.contains(gold) else { continue }
      sums[gold] += Double(row[gold])
      counts[gold] += 1
    }
    return zip(sums, counts).map { $1 == 0 ? .infinity : $0 / Double($1) }
  }
}
