/// A label that is probably wrong.
public struct LabelSuspect: Sendable, Equatable {
  /// The index of the text.
  public var index: Int
  public var gold: Int
  /// The label that the model suggests.
  public var suggested: Int
  /// The probability of the suggestion minus that of the label; larger is more suspect.
  public var margin: Double
}

/// Finds wrong labels by confident learning (Northcutt, Jiang, Chuang 2021, arXiv:1911.00068, eq. 1
/// and 2): a class's threshold is the mean probability that the model gives it on the texts with
/// that label; a text is suspect if the most probable of all classes above their threshold differs
/// from its label.
///
/// The model must not have been trained on these labels.
public enum LabelSuspects {
  /// - Parameters:
  ///   - gold: labels, one class per text; nil without a label.
  ///   - probabilities: `[N, C]`.
  /// - Returns: the most suspect first, equal ones in the order of the texts.
  public static func find(gold: [Int?], probabilities: [[Float]], classes: Int) -> [LabelSuspect] {
    var thresholds = Thresholds(classes: classes)
    for (gold, row) in zip(gold, probabilities) {
      if let gold { thresholds.add(gold: gold, row) }
    }
    var most = Most(limit: gold.count)
    for (index, (gold, row)) in zip(gold, probabilities).enumerated() {
      if let gold, let suspect = thresholds.suspect(index, gold: gold, row) { most.add(suspect) }
    }
    return most.sorted
  }

  /// Accumulates each class's mean probability on the texts with that label.
  struct Thresholds {
    private var sums: [Double]
    private var counts: [Int]

    init(classes: Int) {
      sums = Array(repeating: 0, count: classes)
      counts = Array(repeating: 0, count: classes)
    }

    mutating func add(gold: Int, _ row: [Float]) {
      guard counts.indices.contains(gold), row.indices.contains(gold) else { return }
      sums[gold] += Double(row[gold])
      counts[gold] += 1
    }

    /// A class that is never a label has no threshold to pass.
    private func passes(_ row: [Float], _ index: Int) -> Bool {
      counts.indices.contains(index) && counts[index] > 0
        && Double(row[index]) >= sums[index] / Double(counts[index])
    }

    /// To be called after all texts were added; nil if nothing contradicts the label.
    func suspect(_ index: Int, gold: Int, _ row: [Float]) -> LabelSuspect? {
      guard row.indices.contains(gold) else { return nil }
      var suggested: Int?
      for candidate in row.indices where passes(row, candidate) {
        if suggested.map({ row[candidate] > row[$0] }) ?? true { suggested = candidate }
      }
      guard let suggested, suggested != gold else { return nil }
      return LabelSuspect(
        index: index, gold: gold, suggested: suggested,
        margin: Double(row[suggested]) - Double(row[gold]))
    }
  }

  /// Keeps the most suspect labels, in constant memory.
  struct Most {
    private let limit: Int
    private var held: [LabelSuspect] = []

    init(limit: Int) {
      self.limit = max(0, limit)
    }

    mutating func add(_ suspect: LabelSuspect) {
      held.append(suspect)
      if held.count >= 2 * limit + 1000 { held = sorted }
    }

    var sorted: [LabelSuspect] {
      Array(
        held.sorted { ($1.margin, $0.index) < ($0.margin, $1.index) }.prefix(limit))
    }
  }
}
