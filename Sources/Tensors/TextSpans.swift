/// Several texts' rows one after the other in one matrix: nothing is padded, nothing is masked.
public struct TextSpans: Sendable, Equatable {
  /// Where each text's rows are.
  public let ranges: [Range<Int>]

  public init(lengths: [Int]) {
    var start = 0
    ranges = lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }

  /// Rows of all texts.
  public var count: Int { ranges.last?.upperBound ?? 0 }
  public var longest: Int { ranges.map(\.count).max() ?? 0 }
}
