extension PackedMatrix {
  /// `left * self + bias` for steps whose rows are interpolated from a few of them.
  /// - Parameters:
  ///   - left: `[T, B, rows]`.
  ///   - levels: the level of the interpolation for each step, as in `Recurrence.Trace`.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], interpolation: RowInterpolation, levels: [Int], bias: [Float],
    workers: Workers = .all
  ) throws -> InterpolatedSteps {
    precondition(left.count >= levels.count * interpolation.rows * rows && bias.count == columns)
    let result = InterpolatedSteps(interpolation: interpolation, levels: levels, columns: columns)
    // The nodes of all steps are multiplied in one product.
    let nodes = levels.enumerated().flatMap { step, level in
      interpolation.levels[level].nodes.map { step * interpolation.rows + Int($0) }
    }
    let gathered = unsafe largeArray(nodes.count * rows) { gathered in
      unsafe left.withUnsafeBufferPointer { left in
        for (node, row) in nodes.enumerated() {
          _ = unsafe gathered.extracting(node * rows..<(node + 1) * rows)
            .initialize(fromContentsOf: left.extracting(row * rows..<(row + 1) * rows))
        }
      }
    }
    let products = try product(gathered, rows: nodes.count, bias: bias, workers: workers)
    unsafe products.withUnsafeBufferPointer { products in
      guard var from = products.baseAddress else { return }
      for step in result.steps {
        unsafe step.numbers.start.update(from: from, count: step.numbers.count)
        unsafe from += step.numbers.count
      }
    }
    return result
  }
}
