/// How many rows have a length, and on how many of them the model is wrong.
public struct LengthBin: Sendable, Equatable {
  /// In words, or for texts with parts in what these are measured in.
  public let lengths: ClosedRange<Int>
  public fileprivate(set) var rows = 0
  public fileprivate(set) var errors = 0
}

/// Counts rows by their length.
struct LengthTally {
  private var counted: [LengthBin] = []

  private static let bounds = [5, 10, 15, 20, 30, 40, 60, 100, 200, Int.max]

  init() {
    for bound in Self.bounds {
      counted.append(LengthBin(lengths: (counted.last?.lengths.upperBound ?? -1) + 1...bound))
    }
  }

  /// - Parameter length: nil of a text that has none, which is not counted.
  mutating func add(_ length: Int?, isError: Bool) {
    guard let length, let bin = counted.firstIndex(where: { $0.lengths.contains(length) }) else {
      return
    }
    counted[bin].rows += 1
    if isError { counted[bin].errors += 1 }
  }

  /// Without the empty ones at both ends.
  var bins: [LengthBin] {
    guard let first = counted.firstIndex(where: { $0.rows > 0 }),
      let last = counted.lastIndex(where: { $0.rows > 0 })
    else { return [] }
    return Array(counted[first...last])
  }
}
