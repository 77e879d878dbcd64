import Glibc
import Tensors

/// One direction's pass over some steps, with all numbers that rules other than the derivative may
/// need.
struct LSTMRecord: Sendable {
  let steps: Int
  /// `B`.
  let rows: Int
  let units: Int
  /// Before activation, `[T, B, 4 * units]` in the recurrence's order.
  let gates: [Float]
  /// `[T + 1, B, units]`: the cell before each step, and after the last.
  let cells: [Float]

  /// The numbers of a unit at a step, in double precision because rules divide by differences.
  struct Unit {
    var input, forget, candidate, output: Double
    var previousCell, cell: Double
  }

  /// - Parameter columns: the columns of the unit's gates.
  func unit(_ unit: Int, step: Int, row: Int, columns: [[Int]]) -> Unit {
    let gate = (step * rows + row) * 4 * units
    let cell = (step * rows + row) * units + unit
    return Unit(
      input: Double(gates[gate + columns[0][unit]]),
      forget: Double(gates[gate + columns[1][unit]]),
      candidate: Double(gates[gate + columns[2][unit]]),
      output: Double(gates[gate + columns[3][unit]]),
      previousCell: Double(cells[cell]), cell: Double(cells[cell + rows * units]))
  }
}

func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

extension LSTM.Direction {
  /// The same states as `forward` up to rounding, with the record.
  func recorded(
    _ x: TimeMajor, state: inout Recurrence.State, workers: Workers
  ) throws -> (TimeMajor, LSTMRecord) {
    let units = recurrence.units
    let (steps, rows) = (x.steps, x.rows)
    let columns = recurrence.columns
    var gates = try input.product(x.values, rows: steps * rows, bias: bias, workers: workers)
    var cells = state.cell
    cells.reserveCapacity((steps + 1) * rows * units)
    var hidden = TimeMajor(zeros: steps, rows: rows, width: units)
    for step in 0..<steps {
      try Task.checkCancellation()
      let place = step * rows * 4 * units..<(step + 1) * rows * 4 * units
      var sums = Array(gates[place])
      try recurrence.recurrentWeights.multiply(
        state.hidden, rows: rows, into: &sums, accumulates: true, workers: workers)
      gates.replaceSubrange(place, with: sums)
      for row in 0..<rows {
        for unit in 0..<units {
          func gate(_ index: Int) -> Double {
            Double(sums[row * 4 * units + columns[index][unit]])
          }
          let previous = Double(cells[(step * rows + row) * units + unit])
          let cell = logistic(gate(1)) * previous + logistic(gate(0)) * tanh(gate(2))
          cells.append(Float(cell))
          state.hidden[row * units + unit] = Float(logistic(gate(3)) * tanh(cell))
        }
      }
      hidden.values.replaceSubrange(
        step * rows * units..<(step + 1) * rows * units, with: state.hidden)
    }
    state.cell = Array(cells[steps * rows * units..<(steps + 1) * rows * units])
    let record = LSTMRecord(steps: steps, rows: rows, units: units, gates: gates, cells: cells)
    return (hidden, record)
  }
}

extension LSTM {
  /// One record per direction; the backward direction's starts at the last step.
  func recorded(
    _ x: TimeMajor, lengths: [Int], state: inout State, workers: Workers
  ) throws -> (output: TimeMajor, records: [LSTMRecord]) {
    var outputs: [TimeMajor] = []
    var records: [LSTMRecord] = []
    for (index, direction) in directions.enumerated() {
      let (output, record) = try direction.recorded(
        index == 0 ? x : x.reversed(lengths: lengths), state: &state[index], workers: workers)
      outputs.append(index == 0 ? output : output.reversed(lengths: lengths))
      records.append(record)
    }
    return (outputs.count == 1 ? outputs[0] : TimeMajor(joining: outputs), records)
  }
}
