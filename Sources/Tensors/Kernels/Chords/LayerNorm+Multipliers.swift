// DeepLIFT's backward pass through a normalisation.

extension LayerNorm {
  /// The multipliers at the rows `x` from those at the normalised rows, between the rows of a
  /// baseline and of a text, each as they were passed to `forward`.
  ///
  /// With `c = x - mean(x)`, `s = sqrt(mean(c²) + epsilon)` and `y = c / s`, the change of `c = y
  /// s` is divided at the midpoint, so that `y - y' = (c - c' - mean(y) (s - s')) / mean(s)`; the
  /// change of `s` follows the chords of the root and of the squares. Dividing the change of `c (1
  /// / s)` instead would also add up, but for a baseline of zeros `1 / s` is in the hundreds, in
  /// layer after layer.
  package func multipliers(
    _ m: [Float], from baseline: (rows: [Float], statistics: Statistics),
    to x: (rows: [Float], statistics: Statistics), workers: Workers
  ) -> [Float] {
    let columns = weight.count
    let count = x.statistics.means.count
    precondition(m.count >= count * columns && baseline.statistics.means.count == count)
    var result = zeros(m.count)
    unsafe result.withUnsafeMutableBufferPointer { result in
      guard let start = result.baseAddress else { return }
      nonisolated(unsafe) let result = unsafe start
      workers.forEachRow(count, cost: 8 * columns) { row in
        let at = row * columns
        let (a, b) = (
          Centred(x.statistics, row: row), Centred(baseline.statistics, row: row)
        )
        let deviation = (1 / a.inverse + 1 / b.inverse) / 2
        func product(_ column: Int) -> Double { Double(m[at + column]) * Double(weight[column]) }
        var (along, sum) = (0.0, 0.0)
        for column in 0..<columns {
          let (c, d) = (a.value(x.rows[at + column]), b.value(baseline.rows[at + column]))
          along += product(column) * (c * a.inverse + d * b.inverse) / 2
          sum += product(column)
        }
        // s - s' = sum of mean(c) (c - c') / (columns * mean(s))
        let average = centres ? sum / Double(columns) : 0
        let turn = along / (Double(columns) * deviation)
        for column in 0..<columns {
          let (c, d) = (a.value(x.rows[at + column]), b.value(baseline.rows[at + column]))
          unsafe result[at + column] = Float(
            (product(column) - average - turn * (c + d) / 2) / deviation)
        }
      }
    }
    return result
  }

  /// A row's mean and deviation.
  private struct Centred {
    let mean: Double
    let inverse: Double

    init(_ statistics: Statistics, row: Int) {
      mean = Double(statistics.means[row])
      inverse = Double(statistics.inverses[row])
    }

    func value(_ x: Float) -> Double { Double(x) - mean }
  }
}
