// DeepLIFT's backward pass through element-wise functions: the slopes of chords.

extension Activation {
  /// The multipliers at the input from those at the output, between the inputs of a baseline and of
  /// a text.
  package func multipliers(
    _ m: consuming [Float], from baseline: [Float], to x: [Float], workers: Workers
  ) -> [Float] {
    var m = m
    let count = min(m.count, x.count, baseline.count)
    unsafe m.withUnsafeMutableBufferPointer { m in
      guard let start = m.baseAddress else { return }
      nonisolated(unsafe) let m = unsafe start
      workers.forEachRow((count + 1023) / 1024, cost: 16_384) { part in
        for index in part * 1024..<min(count, (part + 1) * 1024) {
          let chord = chord(from: Double(baseline[index]), to: Double(x[index]))
          unsafe m[index] *= Float(chord.slope)
        }
      }
    }
    return m
  }

  /// The same for columns in two halves, `act(x[..<n]) * x[n...]`, where the change of a product is
  /// divided at the midpoint. `[rows, 2 * columns]`.
  package func gatedMultipliers(
    _ m: [Float], from baseline: [Float], to x: [Float], rows: Int, columns: Int, workers: Workers
  ) -> [Float] {
    precondition(x.count >= rows * 2 * columns && baseline.count >= rows * 2 * columns)
    var result = zeros(rows * 2 * columns)
    unsafe result.withUnsafeMutableBufferPointer { result in
      guard let start = result.baseAddress else { return }
      nonisolated(unsafe) let result = unsafe start
      workers.forEachRow(rows, cost: 16 * columns) { row in
        for column in 0..<columns {
          let first = row * 2 * columns + column
          let second = first + columns
          let chord = chord(from: Double(baseline[first]), to: Double(x[first]))
          let gate = (Double(x[second]) + Double(baseline[second])) / 2
          let d = Double(m[row * columns + column])
          unsafe result[first] = Float(d * chord.slope * gate)
          unsafe result[second] = Float(d * chord.mean)
        }
      }
    }
    return result
  }
}
