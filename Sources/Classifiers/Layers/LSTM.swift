import Checkpoints
import Tensors

/// An LSTM layer, in one or both directions, like PyTorch's `nn.LSTM` with one layer.
struct LSTM: Sendable {
  /// The forward direction and, if there is one, the backward direction.
  let directions: [Direction]

  var outputWidth: Int { directions.reduce(0) { $0 + $1.recurrence.units } }

  struct Direction: Sendable {
    /// `[in, 4 * units]`, with columns in the recurrence's order.
    let input: PackedMatrix
    /// `[4 * units, in]`.
    let inputTransposed: LazyTranspose
    /// The sum of PyTorch's two biases.
    let bias: [Float]
    let recurrence: Recurrence

    /// - Parameters: PyTorch's `weight_ih` `[4 * units, in]`, `weight_hh` `[4 * units, units]` and
    ///   the sum of `bias_ih` and `bias_hh`; the precision in which the weights are packed.
    init(
      input: Matrix, recurrent: Matrix, bias: [Float], precision: WeightPrecision = .float
    ) throws {
      recurrence = try Recurrence(weights: recurrent, precision: precision)
      let ordered = input.selecting(rows: recurrence.order)
      self.input = try PackedMatrix(
        CompactMatrix(ordered).rounded(to: precision), transposed: true)
      inputTransposed = LazyTranspose(of: self.input)
      self.bias = recurrence.order.map { bias[$0] }
    }
  }

  /// One for each direction.
  typealias State = [Recurrence.State]
  typealias Trace = [Recurrence.Trace]

  func initialState(rows: Int) -> State {
    directions.map { Recurrence.State(rows: rows, units: $0.recurrence.units) }
  }

  /// - Parameters:
  ///   - x: `[T, B, in]`.
  ///   - lengths: the number of steps of each row; the backward direction starts with the last of
  ///     them.
  ///   - state: the initial state of the directions; on return, the final one.
  ///   - interpolation: set if the rows are points of a line.
  /// - Returns: `[T, B, units of all directions]`.
  func forward(
    _ x: TimeMajor, lengths: [Int], state: inout State, interpolation: RowInterpolation? = nil,
    workers: Workers
  ) throws -> (output: TimeMajor, trace: Trace) {
    try forward(
      steps: x.steps, rows: x.rows, lengths: lengths, state: &state, workers: workers
    ) { index in
      if let interpolation, x.levels.count == x.steps {
        return .interpolated(
          try directions[index].input.product(
            x.values, interpolation: interpolation, levels: x.levels, bias: directions[index].bias,
            workers: workers))
      }
      return .rows(
        try directions[index].gates(
          index == 0 ? x : x.reversed(lengths: lengths), workers: workers))
    }
  }

  /// The contributions of input and biases in one direction.
  enum Gates {
    /// `[T, B, 4 * units]`.
    case rows([Float])
    /// If the rows are points of a line.
    case interpolated(InterpolatedSteps)
  }

  /// The same with known products of the input.
  /// - Parameter gates: for each direction, in its own order of steps.
  func forward(
    steps: Int, rows: Int, lengths: [Int], state: inout State, workers: Workers,
    gates: (_ direction: Int) throws -> Gates
  ) throws -> (output: TimeMajor, trace: Trace) {
    var outputs: [TimeMajor] = []
    var traces: Trace = []
    for (index, direction) in directions.enumerated() {
      let (hidden, trace) =
        switch try gates(index) {
        case .rows(let gates):
          try direction.recurrence.forward(
            gates: gates, steps: steps, rows: rows, state: &state[index], workers: workers)
        case .interpolated(let gates):
          try direction.recurrence.forward(gates: gates, state: &state[index], workers: workers)
        }
      let output = TimeMajor(
        steps: steps, rows: rows, width: direction.recurrence.units, values: hidden,
        levels: trace.levels)
      outputs.append(index == 0 ? output : output.reversed(lengths: lengths))
      traces.append(trace)
    }
    return (outputs.count == 1 ? outputs[0] : TimeMajor(joining: outputs), traces)
  }

  /// - Parameters:
  ///   - dState: the gradient at the directions' final state; on return, that at the initial one.
  ///   - level: set if the rows are points of a line, of which only the nodes go back.
  func backward(
    _ dy: consuming TimeMajor, lengths: [Int], trace: consuming Trace, dState: inout State,
    nodesOf level: Int? = nil, workers: Workers
  ) throws -> TimeMajor {
    let (steps, rows) = (dy.steps, dy.rows)
    var dx: TimeMajor?
    try backward(
      dy, lengths: lengths, trace: trace, dState: &dState, nodesOf: level, workers: workers
    ) { (index, dGates) in
      let part = TimeMajor(
        steps: steps, rows: rows, width: directions[index].input.rows,
        values: try directions[index].backward(dGates, rows: steps * rows, workers: workers))
      if index == 0 {
        dx = part
      } else {
        let reverse = part.reversed(lengths: lengths).values
        for place in reverse.indices { dx?.values[place] += reverse[place] }
      }
    }
    return dx ?? TimeMajor(zeros: steps, rows: rows, width: 0)
  }

  /// The same up to the gates, which the caller handles.
  /// - Parameter received: called with the gradient at the gates of each direction, in its own
  ///   order of steps.
  func backward(
    _ dy: consuming TimeMajor, lengths: [Int], trace: consuming Trace, dState: inout State,
    nodesOf level: Int? = nil, workers: Workers,
    received: (_ direction: Int, _ dGates: [Float]) throws -> Void
  ) throws {
    guard directions.count > 1 else {
      var dHidden: [Float] = []
      swap(&dHidden, &dy.values)
      return try received(
        0,
        try directions[0].recurrence.backward(
          dHidden: dHidden, trace: trace.removeFirst(), dState: &dState[0], nodesOf: level,
          workers: workers))
    }
    let parts = dy.split(widths: directions.map(\.recurrence.units))
    for (index, direction) in directions.enumerated() {
      let part = index == 0 ? parts[0] : parts[index].reversed(lengths: lengths)
      try received(
        index,
        try direction.recurrence.backward(
          dHidden: part.values, trace: trace.removeFirst(), dState: &dState[index],
          workers: workers))
    }
  }
}

extension LSTM.Direction {
  /// One product for the inputs of all time steps, `[T, B, 4 * units]`.
  func gates(_ x: TimeMajor, workers: Workers) throws -> [Float] {
    try input.product(x.values, rows: x.steps * x.rows, bias: bias, workers: workers)
  }

  /// The gradient at the input, from that at the gates.
  func backward(_ dGates: [Float], rows: Int, workers: Workers) throws -> [Float] {
    // forward:  gates = x * input + …
    try inputTransposed.matrix().product(dGates, rows: rows, workers: workers)
  }
}

extension TimeMajor {
  /// Concatenates vectors.
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
