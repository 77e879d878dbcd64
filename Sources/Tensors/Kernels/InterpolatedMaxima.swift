import CKernels

/// The largest value of each column over all steps, of rows that are interpolated from a few, the nodes.
/// - Parameters:
///   - x: the few, `[steps, nodes, columns]`.
///   - weights: how much each counts in each row, `[rows, nodes]`.
/// - Returns: `[rows, columns]`, and the step of each, the first of equals; 0 and -1 without a step.
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
              let interpolation = row.baseAddress
            else { return }
            for step in 0..<steps {
              let isDone = unsafe gemm(
                Operand(weights + rows.lowerBound * nodes, stride: nodes),
                Operand(x + step * nodes * columns, stride: columns), rows: rows.count,
                columns: columns, inner: nodes, into: interpolation, stride: columns)
              if !isDone { throw TensorError.productFailed(rows: rows.count, columns: columns) }
              let here = SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: step))
              let interpolation = UnsafeRawBufferPointer(row)
              for offset in stride(from: 0, to: 4 * padded, by: 64) {
                let next = unsafe interpolation.loadUnaligned(
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

/// The backward pass through `interpolatedMaxima`: adds the gradient at the few to `dx`.
/// - Parameters:
///   - d: the gradient at the largest values, in the columns from `firstColumn` on, `[rows, …]`.
///   - steps: the step of each, `[rows, columns]`.
///   - weights: how much each of the few counts in each row, `[rows, nodes]`.
///   - range: the steps that `dx` holds; others are left out.
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
  // A node a lane.
  let lanes = 8
  let groups = (nodes + lanes - 1) / lanes
  var shares = [SIMD8<Float>](repeating: .zero, count: groups * rows)
  for row in 0..<rows {
    for node in 0..<nodes {
      shares[node / lanes * rows + row][node % lanes] = weights.elements[row * nodes + node]
    }
  }
  unsafe d.elements.withUnsafeBufferPointer { d in
    unsafe steps.withUnsafeBufferPointer { steps in
      unsafe shares.withUnsafeBufferPointer { shares in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          for group in 0..<groups {
            let here = group * lanes..<min(nodes, (group + 1) * lanes)
            for column in 0..<columns {
              // Neighbours along a line mostly have the same step.
              var step = -1
              var sums = SIMD8<Float>.zero
              func end() {
                guard range.contains(step) else { return }
                let start = (step - range.lowerBound) * nodes * columns + column
                for node in here {
                  unsafe dx[start + node * columns] += sums[node - here.lowerBound]
                }
              }
              for row in 0..<rows {
                let next = unsafe Int(steps[row * columns + column])
                if next != step {
                  end()
                  step = next
                  sums = .zero
                }
                unsafe sums +=
                  shares[group * rows + row] * d[row * stride + firstColumn + column]
              }
              end()
            }
          }
        }
      }
    }
  }
}
