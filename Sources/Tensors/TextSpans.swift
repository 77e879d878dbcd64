/// The rows of several texts, concatenated in one matrix without padding and masks.
public struct TextSpans: Sendable, Equatable {
  /// The range of each text's rows.
  public let ranges: [Range<Int>]

  public init(lengths: [Int]) {
    var start = 0
    ranges = lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }

  /// The number of rows of all texts.
  public var count: Int { ranges.last?.upperBound ?? 0 }
  public var longest: Int { ranges.map(\.count).max() ?? 0 }
}
