/// Standard errors of any statistic of sums over samples, from the statistic without each of a few
/// groups of samples in turn (Shao, Tu 1995, section 2.3).
struct GroupJackknife {
  /// The most groups; more would be more exact, but take more memory.
  static let mostGroups = 10

  /// The number of samples of each group, `[groups]`, and their sums, `[groups][n]`.
  private(set) var counts: [Int]
  private(set) var sums: [[Double]]
  private var next = 0

  /// - Parameters:
  ///   - samples: how many samples will be added; they are assigned to the groups in turn.
  ///   - width: how many numbers a sample has.
  init(samples: Int, width: Int) {
    let groups = max(1, min(samples, Self.mostGroups))
    counts = [Int](repeating: 0, count: groups)
    sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: groups)
  }

  var count: Int { counts.reduce(0, +) }

  mutating func add(_ sample: (inout [Double]) -> Void) {
    sample(&sums[next])
    counts[next] += 1
    next = (next + 1) % counts.count
  }

  /// The mean over all samples, `[n]`.
  var mean: [Double] { mean(without: nil) }

  /// The standard error of `statistic(mean)`, one per score; nil until two groups have samples.
  func standardErrors(of statistic: ([Double]) -> [Double]) -> [Double]? {
    let filled = counts.indices.filter { counts[$0] > 0 }
    guard filled.count > 1 else { return nil }
    let partial = filled.map { statistic(mean(without: $0)) }
    return Self.standardErrors(ofPartial: partial)
  }

  /// From the statistic without each group, `[groups][scores]`.
  static func standardErrors(ofPartial partial: [[Double]]) -> [Double] {
    let groups = Double(partial.count)
    guard let first = partial.first else { return [] }
    return first.indices.map { index in
      let mean = partial.reduce(0) { $0 + $1[index] } / groups
      let squares = partial.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) }
      return ((groups - 1) / groups * squares).squareRoot()
    }
  }

  private func mean(without group: Int?) -> [Double] {
    var total = [Double](repeating: 0, count: sums[0].count)
    var count = 0
    for (index, sum) in sums.enumerated() where index != group {
      count += counts[index]
      for place in total.indices { total[place] += sum[place] }
    }
    return count == 0 ? total : total.map { $0 / Double(count) }
  }
}
