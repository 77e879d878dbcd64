/// One vector a token for a batch of texts of unequal length: `[B, T, D]`, row-major.
///
/// `T` is the longest length; what lies beyond a row's own length is zero and stays unread.
public struct TokenVectors: Sendable, Equatable {
  public let batch: Int
  public let tokens: Int
  public let width: Int
  /// How many tokens each row has, `[B]`.
  public let lengths: [Int]
  public var values: [Float]
  /// The tokens of each row that are padding although they stand in the text, ascending, `[B]`;
  /// empty where no row has such. A model may leave them out where it sums a text up, or number the
  /// positions of the others as if they were not there; whoever moves the vectors of a text, as a
  /// path from a baseline does, keeps its padding, so that the end of the path is the prediction.
  public var padding: [[Int]] = []

  /// Of some rows.
  func padding(of rows: Range<Int>) -> [[Int]] { padding.isEmpty ? [] : Array(padding[rows]) }

  /// All zero.
  public init(lengths: [Int], width: Int) {
    batch = lengths.count
    tokens = lengths.max() ?? 0
    self.width = width
    self.lengths = lengths
    values = [Float](repeating: 0, count: batch * tokens * width)
  }

  /// Where the vector of a token lies in `values`.
  public func range(row: Int, token: Int) -> Range<Int> {
    let start = (row * tokens + token) * width
    return start..<start + width
  }
}
