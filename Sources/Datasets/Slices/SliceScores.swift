/// How a model does on a slice of a data set.
public struct SliceScore: Sendable, Equatable {
  public var name: String
  public var query: String?
  public var count: Int
  public var errors: Int
  /// The slice's error rate divided by that of all texts: above 1, the model does worse here.
  public var lift: Double

  public var errorRate: Double { ClassScores.ratio(errors, count) }
}

/// Counts texts and errors by slice.
public struct SliceTally: Sendable {
  private let slices: [Slice]
  private var counts: [Int]
  private var errors: [Int]
  private var total = (count: 0, errors: 0)

  public init(_ slices: [Slice] = SliceCatalog.slices) {
    self.slices = slices
    counts = Array(repeating: 0, count: slices.count)
    errors = counts
  }

  public mutating func add(_ text: SliceText, isError: Bool) {
    total.count += 1
    if isError { total.errors += 1 }
    for (index, slice) in slices.enumerated() where slice.contains(text) {
      counts[index] += 1
      if isError { errors[index] += 1 }
    }
  }

  /// The worst first, equal ones in the order of the slices.
  /// - Parameter least: the fewest texts of a slice that is reported.
  public func scores(atLeast least: Int = 1) -> [SliceScore] {
    let base = ClassScores.ratio(total.errors, total.count)
    let scores = slices.indices.filter { counts[$0] >= max(1, least) }.map { index in
      let rate = ClassScores.ratio(errors[index], counts[index])
      return SliceScore(
        name: slices[index].name, query: slices[index].query, count: counts[index],
        errors: errors[index], lift: base == 0 ? 0 : rate / base)
    }
    return scores.enumerated()
      .sorted { ($1.element.lift, $0.offset) < ($0.element.lift, $1.offset) }.map(\.element)
  }
}
