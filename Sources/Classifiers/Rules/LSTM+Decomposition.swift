import Glibc
import Tensors

/// The contribution of a phrase, and the rest; their sum is the state. `[T, B, D]` each, one row
/// per phrase.
struct DecomposedStates: Sendable {
  var relevant: TimeMajor
  var irrelevant: TimeMajor
}

/// The same for a recurrence's state between steps.
struct DecomposedState: Sendable {
  var relevant: Recurrence.State
  var irrelevant: Recurrence.State

  init(rows: Int, units: Int) {
    relevant = Recurrence.State(rows: rows, units: units)
    irrelevant = relevant
  }
}

/// The contributions of two parts and a bias to `f(a + b + c)`: the effect of each, averaged over
/// the orders in which the two can be added (Murdoch, Liu, Yu 2018, eq. 25, with the bias first, as
/// in the authors' `propagate_three`).
struct Linearized {
  var a, b, bias: Double
  var total: Double { a + b + bias }

  init(_ a: Double, _ b: Double, bias c: Double, by f: (Double) -> Double) {
    let (none, first, second, both) = (f(c), f(a + c), f(b + c), f(a + b + c))
    self.a = (first - none + both - second) / 2
    self.b = (second - none + both - first) / 2
    bias = none
  }

  /// Without a bias, the function has to be zero at zero: `tanh`, ReLU.
  init(_ a: Double, _ b: Double, by f: (Double) -> Double) {
    self.init(a, b, bias: 0, by: f)
  }
}

extension LSTM {
  /// - Parameter isInside: whether a step belongs to a row's phrase; there, the product of the
  ///   biases alone is attributed to the phrase.
  func decomposed(
    _ x: DecomposedStates, lengths: [Int], state: inout [DecomposedState], workers: Workers,
    isInside: (_ row: Int, _ step: Int) -> Bool
  ) throws -> DecomposedStates {
    var parts: [DecomposedStates] = []
    for (index, direction) in directions.enumerated() {
      func inOrder(_ x: TimeMajor) -> TimeMajor { index == 0 ? x : x.reversed(lengths: lengths) }
      let output = try direction.decomposed(
        DecomposedStates(relevant: inOrder(x.relevant), irrelevant: inOrder(x.irrelevant)),
        state: &state[index], workers: workers
      ) { row, step in
        guard row < lengths.count, index > 0, step < lengths[row] else {
          return isInside(row, step)
        }
        return isInside(row, lengths[row] - 1 - step)
      }
      parts.append(
        DecomposedStates(
          relevant: inOrder(output.relevant), irrelevant: inOrder(output.irrelevant)))
    }
    guard parts.count > 1 else { return parts[0] }
    return DecomposedStates(
      relevant: TimeMajor(joining: parts.map(\.relevant)),
      irrelevant: TimeMajor(joining: parts.map(\.irrelevant)))
  }
}

extension LSTM.Direction {
  func decomposed(
    _ x: DecomposedStates, state: inout DecomposedState, workers: Workers,
    isInside: (_ row: Int, _ step: Int) -> Bool
  ) throws -> DecomposedStates {
    let units = recurrence.units
    let (steps, rows) = (x.relevant.steps, x.relevant.rows)
    var output = DecomposedStates(
      relevant: TimeMajor(zeros: steps, rows: rows, width: units),
      irrelevant: TimeMajor(zeros: steps, rows: rows, width: units))
    let inputs = try [x.relevant, x.irrelevant].map {
      try input.product($0.values, rows: steps * rows, workers: workers)
    }
    for step in 0..<steps {
      try Task.checkCancellation()
      let place = step * rows * 4 * units..<(step + 1) * rows * 4 * units
      var gates = inputs.map { Array($0[place]) }
      try recurrence.recurrentWeights.multiply(
        state.relevant.hidden, rows: rows, into: &gates[0], accumulates: true, workers: workers)
      try recurrence.recurrentWeights.multiply(
        state.irrelevant.hidden, rows: rows, into: &gates[1], accumulates: true,
        workers: workers)
      advance(
        &state, relevant: gates[0], irrelevant: gates[1], rows: rows,
        isInside: { isInside($0, step) })
      let to = step * rows * units..<(step + 1) * rows * units
      output.relevant.values.replaceSubrange(to, with: state.relevant.hidden)
      output.irrelevant.values.replaceSubrange(to, with: state.irrelevant.hidden)
    }
    return output
  }

  /// One step of all rows. Products of two relevant parts, and of a relevant part with a bias, are
  /// relevant; products that involve an irrelevant part are not. The output gate is not divided.
  private func advance(
    _ state: inout DecomposedState, relevant: [Float], irrelevant: [Float], rows: Int,
    isInside: (_ row: Int) -> Bool
  ) {
    let units = recurrence.units
    let columns = recurrence.columns
    for row in 0..<rows {
      let isInside = isInside(row)
      for unit in 0..<units {
        let at = row * units + unit
        func part(_ gate: Recurrence.Gate, by f: (Double) -> Double) -> Linearized {
          let column = columns[gate.rawValue][unit]
          return Linearized(
            Double(relevant[row * 4 * units + column]),
            Double(irrelevant[row * 4 * units + column]), bias: Double(bias[column]), by: f)
        }
        let (i, f) = (part(.input, by: logistic), part(.forget, by: logistic))
        let (g, o) = (part(.candidate, by: tanh), part(.output, by: logistic))
        let previous = (
          relevant: Double(state.relevant.cell[at]), irrelevant: Double(state.irrelevant.cell[at])
        )
        var cell = i.a * (g.a + g.bias) + i.bias * g.a + (f.a + f.bias) * previous.relevant
        if isInside { cell += i.bias * g.bias }
        let whole = i.total * g.total + f.total * (previous.relevant + previous.irrelevant)
        let squashed = Linearized(cell, whole - cell, by: tanh)
        state.relevant.cell[at] = Float(cell)
        state.irrelevant.cell[at] = Float(whole - cell)
        state.relevant.hidden[at] = Float(o.total * squashed.a)
        state.irrelevant.hidden[at] = Float(o.total * squashed.b)
      }
    }
  }
}
