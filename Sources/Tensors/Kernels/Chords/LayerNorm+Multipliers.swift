// DeepLIFT's backward pass through a normalisation.

extension LayerNorm {
  /// Multipliers at the rows `x` from those at the normalised ones, between a baseline's rows and a
  /// text's, each as `forward` was given them.
  ///
  /// With `c = x - mean(x)`, `s = sqrt(mean(c²) + epsilon)` and `y = c / s` the change of `c = y s`
  /// is shared by midpoints, so `y - y' = (c - c' - mean(y) (s - s')) / mean(s)`; `s` follows the
  /// chords of the root and of the squares. Sharing `c (1 / s)` instead adds up as well, but where
  /// a baseline is all zeros its `1 / s` is in the hundreds, layer after layer.
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

  /// What a row is centred and divided by.
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
