import CKernels

/// The largest value of each column over all steps, of rows that are blends of a few.
/// - Parameters:
///   - x: the few, `[steps, nodes, columns]`.
///   - weights: how much each counts in each row, `[rows, nodes]`.
/// - Returns: `[rows, columns]`, and the step of each, the first of equals; 0 and -1 without a step.
/// - Throws: `TensorError.productFailed`.
public func blendedMaxima(
  of x: [Float], steps: Int, columns: Int, weights: Matrix, workers: Workers
) throws -> (values: [Float], steps: [Int32]) {
  let (rows, nodes) = (weights.rows, weights.columns)
  precondition(x.count >= steps * nodes * columns)
  guard steps > 0 else {
    let count = rows * columns
    return ([Float](repeating: 0, count: count), [Int32](repeating: -1, count: count))
  }
  // What a part makes of one step stays in the cache.
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
  let padded = (count + 15) / 16 * 16
  var values = [Float](repeating: -.infinity, count: padded)
  var places = [Int32](repeating: 0, count: padded)
  var row = [Float](repeating: 0, count: padded)
  try unsafe x.withUnsafeBufferPointer { x in
    try unsafe weights.elements.withUnsafeBufferPointer { weights in
      try unsafe values.withUnsafeMutableBytes { values in
        try unsafe places.withUnsafeMutableBytes { places in
          try unsafe row.withUnsafeMutableBufferPointer { row in
            guard let x = x.baseAddress, let weights = weights.baseAddress,
              let blend = row.baseAddress
            else { return }
            for step in 0..<steps {
              let isDone = unsafe gemm(
                Operand(weights + rows.lowerBound * nodes, stride: nodes),
                Operand(x + step * nodes * columns, stride: columns), rows: rows.count,
                columns: columns, inner: nodes, into: blend, stride: columns)
              if !isDone { throw TensorError.productFailed(rows: rows.count, columns: columns) }
              let here = SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: step))
              let blend = UnsafeRawBufferPointer(row)
              for offset in stride(from: 0, to: 4 * padded, by: 64) {
                let next = unsafe blend.loadUnaligned(
                  fromByteOffset: offset, as: SIMD16<Float>.self)
                var largest = unsafe values.loadUnaligned(
                  fromByteOffset: offset, as: SIMD16<Float>.self)
                // What is no number counts as the largest, as in the pooling itself.
                let isLarger = (next .> largest) .| (next .!= next)
                largest.replace(with: next, where: isLarger)
                unsafe values.storeBytes(of: largest, toByteOffset: offset, as: SIMD16<Float>.self)
                var place = unsafe places.loadUnaligned(
                  fromByteOffset: offset, as: SIMD16<Int32>.self)
                place.replace(with: here, where: isLarger)
                unsafe places.storeBytes(of: place, toByteOffset: offset, as: SIMD16<Int32>.self)
              }
            }
          }
        }
      }
    }
  }
  return (Array(values.prefix(count)), Array(places.prefix(count)))
}
