import Tensors

/// One vector a time step and row, `[T, B, D]`: a step's rows lie together, as a recurrence reads
/// them. What lies beyond a row's length is finite and means nothing.
struct TimeMajor: Sendable {
  let steps: Int
  /// `B`.
  let rows: Int
  let width: Int
  var values: [Float]
  /// For each step how many of its rows determine the others; empty where nobody looked.
  let levels: [Int]

  init(steps: Int, rows: Int, width: Int, values: [Float], levels: [Int] = []) {
    self.steps = steps
    self.rows = rows
    self.width = width
    self.values = values
    self.levels = levels
  }

  init(zeros steps: Int, rows: Int, width: Int) {
    self.init(steps: steps, rows: rows, width: width, values: zeros(steps * rows * width))
  }

  func range(step: Int, row: Int) -> Range<Int> {
    let start = (step * rows + row) * width
    return start..<start + width
  }

  /// The steps `range` of some rows of a batch.
  init(_ vectors: TokenVectors, batchRows: Range<Int>, steps range: Range<Int>) {
    self.init(zeros: range.count, rows: batchRows.count, width: vectors.width)
    for (row, batchRow) in batchRows.enumerated() {
      let end = min(range.upperBound, vectors.lengths[batchRow])
      for token in range.lowerBound..<max(range.lowerBound, end) {
        values.replaceSubrange(
          self.range(step: token - range.lowerBound, row: row),
          with: vectors.values[vectors.range(row: batchRow, token: token)])
      }
    }
  }

  /// Writes the steps back to where `init(_:batchRows:steps:)` read them.
  func copy(to vectors: inout TokenVectors, batchRows: Range<Int>, steps range: Range<Int>) {
    for (row, batchRow) in batchRows.enumerated() {
      let end = min(range.upperBound, vectors.lengths[batchRow])
      for token in range.lowerBound..<max(range.lowerBound, end) {
        vectors.values.replaceSubrange(
          vectors.range(row: batchRow, token: token),
          with: values[self.range(step: token - range.lowerBound, row: row)])
      }
    }
  }

  /// Each row's first `lengths[row]` steps in reverse order, the rest where it was. Its own inverse.
  func reversed(lengths: [Int]) -> TimeMajor {
    var result = self
    for (row, length) in lengths.enumerated() {
      for step in 0..<length {
        result.values.replaceSubrange(
          result.range(step: step, row: row), with: values[range(step: length - 1 - step, row: row)]
        )
      }
    }
    return result
  }
}
