import Tensors

/// One vector per time step and row, `[T, B, D]`: a step's rows are contiguous, as a recurrence
/// reads them. Values after a row's length are finite, but undefined.
struct TimeMajor: Sendable {
  let steps: Int
  /// `B`.
  let rows: Int
  let width: Int
  var values: [Float]
  /// How many rows determine the others, for each step; empty if not examined.
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

  /// Writes the steps back to the places from which `init(_:batchRows:steps:)` read them.
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

  /// Reverses each row's first `lengths[row]` steps and keeps the rest. Its own inverse.
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
