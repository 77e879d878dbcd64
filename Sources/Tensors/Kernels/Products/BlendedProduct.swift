import CKernels

extension PackedMatrix {
  /// `left * self + bias` for `steps` blocks of rows that are blends of a few of them.
  /// - Parameters:
  ///   - left: `[T, B, rows]`.
  ///   - levels: for each step how many nodes it takes, as `Recurrence.Trace` has them.
  /// - Returns: `[T, B, columns]`.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], blend: RowBlend, levels: [Int], bias: [Float], workers: Workers = .all
  ) throws -> [Float] {
    let (steps, count) = (levels.count, blend.rows)
    guard case .strips(let strips) = storage, rows > 0, steps > 0 else {
      return try product(left, rows: steps * count, bias: bias, workers: workers)
    }
    precondition(left.count >= steps * count * rows && bias.count == columns)
    return unsafe largeArray(steps * count * columns) { out in
      unsafe left.withUnsafeBufferPointer { left in
        guard let left = left.baseAddress, let out = out.baseAddress else { return }
        nonisolated(unsafe) let start = unsafe left
        nonisolated(unsafe) let to = unsafe out
        // Enough steps that the weights are read once for some dozen rows.
        let parts = (steps + 9) / 10
        workers.forEach(parts) { part in
          let range = steps * part / parts..<steps * (part + 1) / parts
          unsafe strips.multiply(
            start + range.lowerBound * count * rows, blend: blend, levels: levels[range],
            bias: bias, into: to + range.lowerBound * count * columns)
        }
      }
    }
  }
}

extension Strips {
  /// Some steps on the calling thread: the nodes of all steps in one product, then each step's
  /// blends.
  fileprivate func multiply(
    _ left: UnsafePointer<Float>, blend: RowBlend, levels: ArraySlice<Int>, bias: [Float],
    into out: UnsafeMutablePointer<Float>
  ) {
    let all = (0..<blend.rows).map { Int32(truncatingIfNeeded: $0) }
    let nodes = levels.map { $0 < blend.levels.count ? blend.levels[$0].nodes : all }
    let total = nodes.reduce(0) { $0 + $1.count }
    var gathered: [Float] = []
    gathered.reserveCapacity(total * rows)
    for (step, numbers) in nodes.enumerated() {
      for number in numbers {
        unsafe gathered.append(
          contentsOf: UnsafeBufferPointer(
            start: left + (step * blend.rows + Int(number)) * rows, count: rows))
      }
    }
    let products = unsafe largeArray(total * columns) { products in
      guard let products = products.baseAddress else { return }
      unsafe multiply(
        gathered, rows: total, strips: 0..<count, bias: nil, into: products, accumulates: false)
    }
    unsafe products.withUnsafeBufferPointer { products in
      guard var node = products.baseAddress else { return }
      for (step, level) in levels.enumerated() {
        let to = unsafe out + step * blend.rows * columns
        if level < blend.levels.count {
          unsafe kernels_blend(
            node, Int64(columns), Int64(nodes[step].count), blend.levels[level].weights,
            Int64(blend.rows), Int64(columns), bias, to, Int64(columns))
        } else {
          // Each row is a blend of itself alone: a kernel takes no more than a tile of rows.
          for row in 0..<blend.rows {
            unsafe kernels_blend(
              node + row * columns, Int64(columns), 1, [1], 1, Int64(columns), bias,
              to + row * columns, Int64(columns))
          }
        }
        unsafe node += nodes[step].count * columns
      }
    }
  }
}
