extension PackedMatrix {
  /// `left * self + bias` for steps whose rows are blends of a few of them.
  /// - Parameters:
  ///   - left: `[T, B, rows]`.
  ///   - levels: for each step which of the blend's levels determines its rows, as
  ///     `Recurrence.Trace` has them.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], blend: RowBlend, levels: [Int], bias: [Float], workers: Workers = .all
  ) throws -> BlendedSteps {
    precondition(left.count >= levels.count * blend.rows * rows && bias.count == columns)
    let result = BlendedSteps(blend: blend, levels: levels, columns: columns)
    // One product of the nodes of all steps.
    let nodes = levels.enumerated().flatMap { step, level in
      blend.levels[level].nodes.map { step * blend.rows + Int($0) }
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
