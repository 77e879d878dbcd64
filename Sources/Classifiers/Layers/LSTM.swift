import Checkpoints
import Tensors

/// One LSTM layer, in one direction or in both, as PyTorch's `nn.LSTM` with one layer.
struct LSTM: Sendable {
  /// The forward direction, and where there is one the backward direction.
  let directions: [Direction]

  var outputWidth: Int { directions.reduce(0) { $0 + $1.recurrence.units } }

  struct Direction: Sendable {
    /// `[in, 4 * units]`, columns in the recurrence's order.
    let input: PackedMatrix
    /// `[4 * units, in]`.
    let inputTransposed: LazyTranspose
    /// Both of PyTorch's, added.
    let bias: [Float]
    let recurrence: Recurrence

    /// - Parameters: PyTorch's `weight_ih` `[4 * units, in]`, `weight_hh` `[4 * units, units]` and
    ///   the sum of `bias_ih` and `bias_hh`.
    init(input: Matrix, recurrent: Matrix, bias: [Float]) throws {
      recurrence = try Recurrence(weights: recurrent)
      let ordered = input.selecting(rows: recurrence.order)
      self.input = try PackedMatrix(ordered, transposed: true)
      inputTransposed = LazyTranspose(of: self.input)
      self.bias = recurrence.order.map { bias[$0] }
    }
  }

  /// One of each direction.
  typealias State = [Recurrence.State]
  typealias Trace = [Recurrence.Trace]

  func initialState(rows: Int) -> State {
    directions.map { Recurrence.State(rows: rows, units: $0.recurrence.units) }
  }

  /// - Parameters:
  ///   - x: `[T, B, in]`.
  ///   - lengths: how many steps each row has; the backward direction begins with the last of them.
  ///   - state: where the directions begin; on return where they ended.
  /// - Returns: `[T, B, units of all directions]`.
  func forward(
    _ x: TimeMajor, lengths: [Int], state: inout State, workers: Workers
  ) throws -> (output: TimeMajor, trace: Trace) {
    var outputs: [TimeMajor] = []
    var traces: Trace = []
    for (index, direction) in directions.enumerated() {
      let (output, trace) = try direction.forward(
        index == 0 ? x : x.reversed(lengths: lengths), state: &state[index], workers: workers)
      outputs.append(index == 0 ? output : output.reversed(lengths: lengths))
      traces.append(trace)
    }
    return (outputs.count == 1 ? outputs[0] : TimeMajor(joining: outputs), traces)
  }

  /// - Parameter dState: the gradient at the state where the directions ended; on return at the one
  ///   where they began.
  func backward(
    _ dy: consuming TimeMajor, lengths: [Int], trace: consuming Trace, dState: inout State,
    workers: Workers
  ) throws -> TimeMajor {
    guard directions.count > 1 else {
      return try directions[0].backward(
        dy, trace: trace.removeFirst(), dState: &dState[0], workers: workers)
    }
    let parts = dy.split(widths: directions.map(\.recurrence.units))
    var dx = try directions[0].backward(
      parts[0], trace: trace.removeFirst(), dState: &dState[0], workers: workers)
    let reverse = try directions[1].backward(
      parts[1].reversed(lengths: lengths), trace: trace.removeFirst(), dState: &dState[1],
      workers: workers
    ).reversed(lengths: lengths)
    for index in dx.values.indices { dx.values[index] += reverse.values[index] }
    return dx
  }
}

extension LSTM.Direction {
  func forward(
    _ x: TimeMajor, state: inout Recurrence.State, workers: Workers
  ) throws -> (TimeMajor, Recurrence.Trace) {
    // One product for the inputs of all time steps, then the recurrence.
    let gates = try input.product(
      x.values, rows: x.steps * x.rows, bias: bias, workers: workers)
    let (hidden, trace) = try recurrence.forward(
      gates: gates, steps: x.steps, rows: x.rows, state: &state, workers: workers)
    return (
      TimeMajor(steps: x.steps, rows: x.rows, width: recurrence.units, values: hidden), trace
    )
  }

  func backward(
    _ dy: consuming TimeMajor, trace: consuming Recurrence.Trace,
    dState: inout Recurrence.State, workers: Workers
  ) throws -> TimeMajor {
    let (steps, rows) = (dy.steps, dy.rows)
    var dHidden: [Float] = []
    swap(&dHidden, &dy.values)
    let dGates = try recurrence.backward(
      dHidden: dHidden, trace: trace, dState: &dState, workers: workers)
    // forward:  gates = x * input + …
    let dx = try inputTransposed.matrix().product(
      dGates, rows: steps * rows, workers: workers)
    return TimeMajor(steps: steps, rows: rows, width: input.rows, values: dx)
  }
}

extension TimeMajor {
  /// Side by side.
  init(joining parts: [TimeMajor]) {
    self.init(
      zeros: parts[0].steps, rows: parts[0].rows, width: parts.reduce(0) { $0 + $1.width })
    var column = 0
    for part in parts {
      for index in 0..<steps * rows {
        values.replaceSubrange(
          index * width + column..<index * width + column + part.width,
          with: part.values[index * part.width..<(index + 1) * part.width])
      }
      column += part.width
    }
  }

  func split(widths: [Int]) -> [TimeMajor] {
    var column = 0
    return widths.map { part in
      var result = TimeMajor(zeros: steps, rows: rows, width: part)
      for index in 0..<steps * rows {
        result.values.replaceSubrange(
          index * part..<(index + 1) * part,
          with: values[index * width + column..<index * width + column + part])
      }
      column += part
      return result
    }
  }
}
