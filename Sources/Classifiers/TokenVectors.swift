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

  /// The token type of each token of each row, `[B][T]`, which belongs to its place and not to its
  /// vector; empty where all are 0.
  public var types: [[Int]] = []
  /// Which text of a pair each token of each row is in, `[B][T]`; empty where all are in the first.
  public var parts: [[Int]] = []
  /// The place of the token in each row whose vector a model takes for the text, `[B]`, where it knows
  /// that token by its id (BART: the last `</s>`) and it is not the last; empty where it is the last in
  /// every row. Whoever moves the vectors of a text keeps it, as its padding.
  public var summaries: [Int] = []

  /// Copies what is known of the tokens besides their vectors from the text whose shape these have.
  mutating func copyMarks(of text: TokenVectors) {
    padding = text.padding
    summaries = text.summaries
    types = text.types
    parts = text.parts
  }

  /// Which text of a pair each token of a row is in, `[T]`.
  func parts(of row: Int) -> [Int] {
    parts.isEmpty ? [Int](repeating: 0, count: lengths[row]) : parts[row]
  }

  /// The token types of a row, `[T]`.
  func types(of row: Int) -> [Int] {
    types.isEmpty ? [Int](repeating: 0, count: lengths[row]) : types[row]
  }

  /// Of some rows.
  func summaries(of rows: Range<Int>) -> [Int] {
    summaries.isEmpty ? [] : Array(summaries[rows])
  }

  func padding(of rows: Range<Int>) -> [[Int]] { padding.isEmpty ? [] : Array(padding[rows]) }
  func types(of rows: Range<Int>) -> [[Int]] { types.isEmpty ? [] : Array(types[rows]) }

  /// Makes every row's tokens stand where those of one text stand: other vectors, the same marks.
  /// - Parameter text: of one row as long as these.
  public mutating func standAs(_ text: TokenVectors) {
    padding = text.padding.isEmpty ? [] : lengths.flatMap { _ in text.padding }
    types = text.types.isEmpty ? [] : lengths.flatMap { _ in text.types }
    parts = text.parts.isEmpty ? [] : lengths.flatMap { _ in text.parts }
    summaries = lengths.flatMap { _ in text.summaries }
  }

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
