// The weights, for code that runs the steps itself by rules other than the LSTM's own.
extension Recurrence {
  /// `[units, 4 * units]`, columns in the order of `order`.
  public var recurrentWeights: PackedMatrix { weights }

  /// `[4 * units, units]`. Backward passes use the same as long as the caller holds it.
  /// - Parameter rows: the number of rows of each step.
  /// - Throws: `TensorError.packingFailed`.
  public func transposedWeights(rows: Int = 1, workers: Workers = .all) throws -> PackedMatrix {
    try transposed.matrix(stepRows: rows, workers: workers)
  }

  /// The gates of an LSTM in PyTorch's order.
  public enum Gate: Int, CaseIterable, Sendable { case input, forget, candidate, output }

  /// The column of each unit's gate among the `4 * units` columns, `[4][units]`.
  public var columns: [[Int]] {
    var columns = Gate.allCases.map { _ in [Int](repeating: 0, count: units) }
    for (column, row) in order.enumerated() { columns[row / units][row % units] = column }
    return columns
  }
}
