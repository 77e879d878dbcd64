import CKernels

/// The maximum of each column over all steps, where the rows of a step are interpolated from a few,
/// the nodes.
/// - Parameters:
///   - x: the nodes, `[steps, nodes, columns]`.
///   - weights: the weight of each node in each row, `[rows, nodes]`.
/// - Returns: `[rows, columns]`, and the step of each maximum, the first if there are several; 0
///   and -1 if there are no steps.
/// - Throws: `TensorError.productFailed`.
public func interpolatedMaxima(
  of x: [Float], steps: Int, columns: Int, weights: Matrix, workers: Workers
) throws -> (values: [Float], steps: [Int32]) {
  let (rows, nodes) = (weights.rows, weights.columns)
  precondition(x.count >= steps * nodes * columns)
  guard steps > 0 else {
    let count = rows * columns
    return ([Float](repeating: 0, count: count), [Int32](repeating: -1, count: count))
  }
  // The results of a part for one step fit into the cache.
  let partRows = 28
  let parts = (rows + partRows - 1) / partRows
  let results = try workers.map(parts) { part in
    let first = part * partRows
    return try partialMaxima(
      of: x, steps: steps, columns: columns, weights: weights,
      rows: first..<min(rows, first + partRows))
  }
  return (results.flatMap(\.values), results.flatMap(\.steps))
}

private func partialMaxima(
  of x: [Float], steps: Int, columns: Int, weights: Matrix, rows: Range<Int>
) throws -> (values: [Float], steps: [Int32]) {
  let nodes = weights.columns
  let count = rows.count * columns
  var values = [Float](repeating: -.infinity, count: count)
  var places = [Int32](repeating: 0, count: count)
  var row = zeros(count)
  try unsafe x.withUnsafeBufferPointer { x in
    try unsafe weights.elements.withUnsafeBufferPointer { weights in
      try unsafe row.withUnsafeMutableBufferPointer { row in
        guard let x = x.baseAddress, let weights = weights.baseAddress, let row = row.baseAddress
        else { return }
        for step in 0..<steps {
          let isDone = unsafe gemm(
            Operand(weights + rows.lowerBound * nodes, stride: nodes),
            Operand(x + step * nodes * columns, stride: columns), rows: rows.count,
            columns: columns, inner: nodes, into: row, stride: columns)
          if !isDone { throw TensorError.productFailed(rows: rows.count, columns: columns) }
          // NaN counts as the maximum, as in the pooling itself.
          unsafe kernels_keep_largest(
            row, Int32(truncatingIfNeeded: step), Int64(count), &values, &places)
        }
      }
    }
  }
  return (values, places)
}

/// The backward pass through `interpolatedMaxima`: adds the gradient at the nodes to `dx`.
/// - Parameters:
///   - d: the gradient at the maxima, in the columns from `firstColumn` on, `[rows, …]`.
///   - steps: the step of each maximum, `[rows, columns]`.
///   - weights: the weight of each node in each row, `[rows, nodes]`.
///   - range: the steps that `dx` contains; the others are ignored.
///   - dx: `[steps in range, nodes, columns]`.
public func interpolatedMaximaBackward(
  _ d: Matrix, firstColumn: Int, steps: [Int32], columns: Int, weights: Matrix,
  in range: Range<Int>,
  into dx: inout [Float]
) {
  let (rows, nodes) = (weights.rows, weights.columns)
  precondition(d.rows == rows && d.columns >= firstColumn + columns)
  precondition(steps.count >= rows * columns && dx.count >= range.count * nodes * columns)
  let stride = d.columns
  unsafe d.elements.withUnsafeBufferPointer { d in
    guard let start = d.baseAddress else { return }
    unsafe kernels_gather_at_steps(
      start + firstColumn, Int64(stride), steps, Int64(rows), Int64(columns),
      weights.elements, Int64(nodes), Int64(range.lowerBound), Int64(range.count), &dx)
  }
}
