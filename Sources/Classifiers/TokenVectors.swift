/// One vector per token for a batch of texts of unequal length: `[B, T, D]`, row-major.
///
/// `T` is the largest length; the values after a row's own length are zero and are never read.
public struct TokenVectors: Sendable, Equatable {
  public let batch: Int
  public let tokens: Int
  public let width: Int
  /// The number of tokens of each row, `[B]`.
  public let lengths: [Int]
  public var values: [Float]
  /// The tokens of each row that are padding within the text, ascending, `[B]`; empty if there are
  /// none. A model may leave them out of pooling, or number the positions of the others without
  /// them. Code that changes the vectors of a text, such as a path from a baseline, keeps its
  /// padding, so that the end of the path equals the prediction.
  public var padding: [[Int]] = []

  /// The token type of each token of each row, `[B][T]`, which belongs to its place and not to its
  /// vector; empty if all are 0.
  public var types: [[Int]] = []
  /// The part (text of a pair) of each token of each row, `[B][T]`; empty if all are in the first.
  public var parts: [[Int]] = []
  /// The index of the token in each row whose vector represents the text, `[B]`, if the model finds
  /// that token by its id (BART: the last `</s>`) and it is not the last one; empty if it is the
  /// last in every row. Like padding, it is kept when vectors change.
  public var summaries: [Int] = []

  /// Copies everything about the tokens except their vectors from a text of the same shape.
  mutating func copyMarks(of text: TokenVectors) {
    padding = text.padding
    summaries = text.summaries
    types = text.types
    parts = text.parts
  }

  /// The part of each token of a row, `[T]`.
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

  /// Gives every row the marks of a text: other vectors in the same places.
  /// - Parameter text: one row of the same length.
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

  /// The range of a token's vector in `values`.
  public func range(row: Int, token: Int) -> Range<Int> {
    let start = (row * tokens + token) * width
    return start..<start + width
  }
}
