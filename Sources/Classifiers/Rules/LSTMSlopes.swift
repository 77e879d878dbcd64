import Glibc
import Tensors

/// Replacements for the derivatives in the backward pass of one direction: a number for each edge
/// inside a cell. The derivatives themselves give back-propagation; LRP and DeepLIFT are other
/// choices of these numbers.
struct LSTMSlopes: Sendable {
  /// The edges of one unit at one step.
  struct Unit {
    /// From `hidden` to `cell` and to the output gate before activation.
    var hiddenToCell, hiddenToOutput: Double
    /// From `cell` to the gates before activation.
    var cellToInput, cellToForget, cellToCandidate: Double
    /// From `cell` to the previous cell.
    var cellToPrevious: Double
  }

  let steps: Int
  let rows: Int
  let units: Int
  /// `[T, B, units]`.
  private(set) var edges: [Unit] = []

  /// - Parameter rule: returns the edges of a unit at a step.
  init(steps: Int, rows: Int, units: Int, rule: (_ step: Int, _ row: Int, _ unit: Int) -> Unit) {
    self.steps = steps
    self.rows = rows
    self.units = units
    edges.reserveCapacity(steps * rows * units)
    for step in 0..<steps {
      for row in 0..<rows {
        for unit in 0..<units { edges.append(rule(step, row, unit)) }
      }
    }
  }

  /// The derivatives.
  static func gradient(_ record: LSTMRecord, columns: [[Int]]) -> LSTMSlopes {
    LSTMSlopes(steps: record.steps, rows: record.rows, units: record.units) { step, row, unit in
      let x = record.unit(unit, step: step, row: row, columns: columns)
      let (i, f, o) = (logistic(x.input), logistic(x.forget), logistic(x.output))
      let (g, squashed) = (tanh(x.candidate), tanh(x.cell))
      return Unit(
        hiddenToCell: o * (1 - squashed * squashed), hiddenToOutput: squashed * o * (1 - o),
        cellToInput: g * i * (1 - i), cellToForget: x.previousCell * f * (1 - f),
        cellToCandidate: i * (1 - g * g), cellToPrevious: f)
    }
  }

  /// LRP: gates are weights without relevance, and `tanh` propagates it as `tanh(z) / z`.
  /// Source: Arras et al. 2017, arXiv:1706.07206, section 2.3, without a stabiliser.
  static func relevance(_ record: LSTMRecord, columns: [[Int]]) -> LSTMSlopes {
    LSTMSlopes(steps: record.steps, rows: record.rows, units: record.units) { step, row, unit in
      let x = record.unit(unit, step: step, row: row, columns: columns)
      return Unit(
        hiddenToCell: logistic(x.output) * ratioOfTanh(x.cell), hiddenToOutput: 0,
        cellToInput: 0, cellToForget: 0,
        cellToCandidate: logistic(x.input) * ratioOfTanh(x.candidate),
        cellToPrevious: logistic(x.forget))
    }
  }

  /// DeepLIFT: chords for the non-linearities; the change of a product `a b` is
  /// `mean(b) (a - a') + mean(a) (b - b')`, which is exact.
  static func contrast(
    _ record: LSTMRecord, _ baseline: LSTMRecord, columns: [[Int]]
  ) -> LSTMSlopes {
    LSTMSlopes(steps: record.steps, rows: record.rows, units: record.units) { step, row, unit in
      let x = record.unit(unit, step: step, row: row, columns: columns)
      let b = baseline.unit(unit, step: step, row: row, columns: columns)
      let i = Chord.sigmoid(x.input, b.input)
      let f = Chord.sigmoid(x.forget, b.forget)
      let o = Chord.sigmoid(x.output, b.output)
      let g = Chord.tanh(x.candidate, b.candidate)
      let squashed = Chord.tanh(x.cell, b.cell)
      return Unit(
        hiddenToCell: o.mean * squashed.slope, hiddenToOutput: squashed.mean * o.slope,
        cellToInput: g.mean * i.slope,
        cellToForget: (x.previousCell + b.previousCell) / 2 * f.slope,
        cellToCandidate: i.mean * g.slope, cellToPrevious: f.mean)
    }
  }

  private static func ratioOfTanh(_ z: Double) -> Double {
    abs(z) < 1e-6 ? 1 : tanh(z) / z
  }
}

extension LSTM.Direction {
  /// Goes back through the steps with a rule's slopes instead of derivatives.
  /// - Parameter dState: the gradient at the state after the last step; on return, that at the
  ///   state before the first.
  func backward(
    _ dHidden: TimeMajor, slopes: LSTMSlopes, dState: inout Recurrence.State, workers: Workers
  ) throws -> TimeMajor {
    let units = recurrence.units
    let (steps, rows) = (slopes.steps, slopes.rows)
    let columns = recurrence.columns
    let transposed = try recurrence.transposedWeights()
    var dGates = [Float](
      repeating: 0, count: steps * rows * 4 * units)
    for step in (0..<steps).reversed() {
      try Task.checkCancellation()
      var dStep = [Float](repeating: 0, count: rows * 4 * units)
      for row in 0..<rows {
        for unit in 0..<units {
          let at = row * units + unit
          let edge = slopes.edges[(step * rows + row) * units + unit]
          let dh = Double(dHidden.values[step * rows * units + at]) + Double(dState.hidden[at])
          let dc = Double(dState.cell[at]) + dh * edge.hiddenToCell
          let gate = row * 4 * units
          dStep[gate + columns[0][unit]] = Float(dc * edge.cellToInput)
          dStep[gate + columns[1][unit]] = Float(dc * edge.cellToForget)
          dStep[gate + columns[2][unit]] = Float(dc * edge.cellToCandidate)
          dStep[gate + columns[3][unit]] = Float(dh * edge.hiddenToOutput)
          dState.cell[at] = Float(dc * edge.cellToPrevious)
        }
      }
      // forward:  gates = x * input + hidden * recurrent + bias
      try transposed.multiply(dStep, rows: rows, into: &dState.hidden, workers: workers)
      dGates.replaceSubrange(
        step * rows * 4 * units..<(step + 1) * rows * 4 * units, with: dStep)
    }
    let dx = try inputTransposed.matrix().product(dGates, rows: steps * rows, workers: workers)
    return TimeMajor(steps: steps, rows: rows, width: input.rows, values: dx)
  }
}

extension LSTM {
  /// - Parameter slopes: one per direction.
  func backward(
    _ dy: TimeMajor, lengths: [Int], slopes: [LSTMSlopes], dState: inout State, workers: Workers
  ) throws -> TimeMajor {
    let parts =
      directions.count == 1 ? [dy] : dy.split(widths: directions.map(\.recurrence.units))
    var dx = try directions[0].backward(
      parts[0], slopes: slopes[0], dState: &dState[0], workers: workers)
    if directions.count > 1 {
      let reverse = try directions[1].backward(
        parts[1].reversed(lengths: lengths), slopes: slopes[1], dState: &dState[1],
        workers: workers
      ).reversed(lengths: lengths)
      for index in dx.values.indices { dx.values[index] += reverse.values[index] }
    }
    return dx
  }
}
