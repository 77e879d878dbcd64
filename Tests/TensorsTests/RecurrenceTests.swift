import Foundation
import Tensors
import TestSupport
import Testing

struct RecurrenceTests {
  private static let units = 70

  private func numbers(_ count: Int, seed: UInt64, scale: Float) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
  }

  private func recurrence() throws -> Recurrence {
    try Recurrence(
      weights: Matrix(
        rows: 4 * Self.units, columns: Self.units,
        elements: numbers(4 * Self.units * Self.units, seed: 1, scale: 0.3)))
  }

  /// Gates of rows that lie on a line, as they are and interpolated.
  private func line(
    _ steps: Int, places: [Double], interpolation: RowInterpolation, scale: Float
  ) -> (rows: [Float], interpolated: InterpolatedSteps) {
    let (base, change) = (
      numbers(steps * 4 * Self.units, seed: 2, scale: scale),
      numbers(steps * 4 * Self.units, seed: 3, scale: scale)
    )
    let factors = places.map(Float.init)
    return (
      spread(base: base, change: change, factors: factors, columns: 4 * Self.units),
      InterpolatedSteps(
        base: base, change: change, factors: factors, columns: 4 * Self.units,
        interpolation: interpolation)
    )
  }

  /// There and back.
  private struct Run: Equatable {
    var hidden: [Float]
    var state: Recurrence.State
    var dGates: [Float]
    var dState: Recurrence.State
    var levels: [Int]
    var bytes: Int
  }

  private func run(
    _ recurrence: Recurrence, gates: [Float], rows: Int, interpolated: InterpolatedSteps? = nil,
    from start: Recurrence.State? = nil, workers: Workers = .one
  ) throws -> Run {
    let steps = gates.count / rows / (4 * Self.units)
    let start = start ?? Recurrence.State(rows: rows, units: Self.units)
    var state = start
    let (hidden, trace) =
      if let interpolated {
        try recurrence.forward(gates: interpolated, state: &state, workers: workers)
      } else {
        try recurrence.forward(
          gates: gates, steps: steps, rows: rows, state: &state, workers: workers)
      }
    #expect(trace.start.cell == start.cell)
    #expect(largestDifference(trace.start.hidden, start.hidden) < 1e-5)
    let (levels, bytes) = (trace.levels, trace.byteCount)
    var dState = Recurrence.State(rows: rows, units: Self.units)
    let dGates = try recurrence.backward(
      dHidden: numbers(hidden.count, seed: 4, scale: 1), trace: trace, dState: &dState,
      workers: workers)
    return Run(
      hidden: hidden, state: state, dGates: dGates, dState: dState, levels: levels, bytes: bytes)
  }

  /// The sum of `weights * hidden` over all steps, by the definition in Double.
  private func weightedSum(
    _ recurrence: Recurrence, gates: [Float], rows: Int, weights: [Float], moved: (Int, Double)?
  ) -> Double {
    let units = Self.units
    let matrix = numbers(4 * units * units, seed: 1, scale: 0.3)
    var (hidden, cell) = ([Double](repeating: 0, count: rows * units), [Double]())
    cell = hidden
    var sum = 0.0
    for step in 0..<gates.count / rows / (4 * units) {
      var next = hidden
      for row in 0..<rows {
        // By gate, as PyTorch has them.
        var z = [Double](repeating: 0, count: 4 * units)
        for (place, gate) in recurrence.order.enumerated() {
          let index = (step * rows + row) * 4 * units + place
          z[gate] = Double(gates[index]) + (moved?.0 == index ? moved?.1 ?? 0 : 0)
          for unit in 0..<units {
            z[gate] += hidden[row * units + unit] * Double(matrix[gate * units + unit])
          }
        }
        func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        for unit in 0..<units {
          let at = row * units + unit
          cell[at] =
            logistic(z[units + unit]) * cell[at] + logistic(z[unit]) * tanh(z[2 * units + unit])
          next[at] = logistic(z[3 * units + unit]) * tanh(cell[at])
          sum += next[at] * Double(weights[step * rows * units + at])
        }
      }
      hidden = next
    }
    return sum
  }

  @Test(arguments: [1, 4, 15])
  func `a recurrence is the definition's, forward and backward`(_ rows: Int) throws {
    let gates = numbers(9 * rows * 4 * Self.units, seed: 5, scale: 2)
    let recurrence = try recurrence()
    let one = try run(recurrence, gates: gates, rows: rows)
    let weights = numbers(one.hidden.count, seed: 4, scale: 1)
    let expected = weightedSum(
      recurrence, gates: gates, rows: rows, weights: weights, moved: nil)
    let found = zip(one.hidden, weights).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    #expect(abs(found - expected) < 1e-5 * Double(one.hidden.count).squareRoot())
    for index in stride(from: 3, to: gates.count, by: gates.count / 7) {
      let ways = [1e-4, -1e-4].map {
        weightedSum(
          recurrence, gates: gates, rows: rows, weights: weights, moved: (index, $0))
      }
      #expect(abs(Double(one.dGates[index]) - (ways[0] - ways[1]) / 2e-4) < 1e-5)
    }
    let several = try run(recurrence, gates: gates, rows: rows, workers: Workers(3))
    #expect(several.hidden == one.hidden && several.dGates == one.dGates)
  }

  @Test(arguments: [13, 50])
  func `rows of a line are interpolated from a few of them`(_ rows: Int) throws {
    let places = (0..<rows).map { Double($0) / Double(rows - 1) }
    let interpolation = try #require(RowInterpolation(places: places, counts: [5, 8]))
    let recurrence = try recurrence()
    let gates = line(20, places: places, interpolation: interpolation, scale: 0.1)
    let plain = try run(recurrence, gates: gates.rows, rows: rows)
    let interpolated = try run(
      recurrence, gates: gates.rows, rows: rows, interpolated: gates.interpolated)
    #expect(interpolated.levels.count == 20 && interpolated.levels.allSatisfy { $0 < 2 })
    // What makes the way worth it.
    #expect(interpolated.bytes < plain.bytes * 8 / rows + plain.bytes / 4)
    #expect(largestDifference(interpolated.hidden, plain.hidden) < 2e-5)
    #expect(largestDifference(interpolated.state.cell, plain.state.cell) < 5e-5)
    #expect(largestDifference(interpolated.dGates, plain.dGates) < 2e-4)
    #expect(largestDifference(interpolated.dState.hidden, plain.dState.hidden) < 5e-4)
    let two = try run(
      recurrence, gates: gates.rows, rows: rows, interpolated: gates.interpolated,
      workers: Workers(3))
    // Not as a comparison that would be printed.
    let isSame = two == interpolated
    #expect(isSame)
    try expectProducts(interpolated, interpolation: interpolation, rows: rows)
  }

  /// What comes from above is rough, and goes back as the nodes' share of it.
  @Test(arguments: [13, 50], [1, 2])
  func `the nodes of a line go back for all rows`(
    _ rows: Int, _ level: Int
  ) throws {
    let places = (0..<rows).map { 0.5 + Double($0) / Double(rows - 1) / 2 }
    let interpolation = try #require(RowInterpolation(places: places, counts: [5, 8, 10]))
    let (recurrence, units, steps) = (try recurrence(), Self.units, 20)
    var state = Recurrence.State(rows: rows, units: units)
    let (hidden, trace) = try recurrence.forward(
      gates: line(steps, places: places, interpolation: interpolation, scale: 0.1).interpolated,
      state: &state,
      workers: .one)
    #expect(trace.levels.allSatisfy { $0 < level })
    let dHidden = numbers(hidden.count, seed: 4, scale: 1)
    let nodes = interpolation.nodeCount(of: level)
    let gathered = (0..<steps).flatMap { step in
      interpolation.gathered(
        Matrix(
          rows: rows, columns: units,
          elements: Array(dHidden.dropFirst(step * rows * units).prefix(rows * units))),
        level: level
      ).elements
    }
    func sums(_ dHidden: [Float], rows: Int, level: Int?) throws -> [Float] {
      var dState = Recurrence.State(rows: rows, units: units)
      let dGates = try recurrence.backward(
        dHidden: dHidden, trace: trace, dState: &dState, nodesOf: level, workers: .one)
      var sums = [Float](repeating: 0, count: steps * 4 * units)
      addRows(0..<rows, of: dGates, rows: rows, steps: steps, columns: 4 * units, to: &sums)
      return sums
    }
    let all = try sums(dHidden, rows: rows, level: nil)
    let few = try sums(gathered, rows: nodes, level: level)
    #expect(largestDifference(few, all) < 2e-5 * (all.map(\.magnitude).max() ?? 0))
  }

  /// The start is rough, and so all rows are taken until it is forgotten.
  @Test(arguments: [13, 50])
  func `rows that cannot be interpolated are all multiplied`(
    _ rows: Int
  ) throws {
    let places = (0..<rows).map { Double($0) / Double(rows - 1) }
    let interpolation = try #require(RowInterpolation(places: places, counts: [5, 8]))
    let recurrence = try recurrence()
    let gates = line(9, places: places, interpolation: interpolation, scale: 0.1)
    let start = Recurrence.State(
      hidden: numbers(rows * Self.units, seed: 8, scale: 1),
      cell: numbers(rows * Self.units, seed: 9, scale: 1))
    let plain = try run(recurrence, gates: gates.rows, rows: rows, from: start)
    let interpolated = try run(
      recurrence, gates: gates.rows, rows: rows, interpolated: gates.interpolated, from: start)
    #expect(interpolated.levels == [Int](repeating: 2, count: 9))
    #expect(largestDifference(interpolated.hidden, plain.hidden) < 1e-5)
    #expect(largestDifference(interpolated.dGates, plain.dGates) < 1e-4)
    try expectProducts(interpolated, interpolation: interpolation, rows: rows)
  }

  /// A product of a few of the rows is that of all, there and as gates of the next layer.
  private func expectProducts(_ run: Run, interpolation: RowInterpolation, rows: Int) throws {
    let next = try PackedMatrix(
      Matrix(
        rows: Self.units, columns: 4 * Self.units,
        elements: numbers(4 * Self.units * Self.units, seed: 6, scale: 0.3)))
    let bias = numbers(4 * Self.units, seed: 7, scale: 0.3)
    let few = try next.product(
      run.hidden, interpolation: interpolation, levels: run.levels, bias: bias)
    let all = try next.product(run.hidden, rows: run.levels.count * rows, bias: bias)
    let layer = try recurrence()
    let interpolated = try self.run(layer, gates: all, rows: rows, interpolated: few)
    let plain = try self.run(layer, gates: all, rows: rows)
    #expect(largestDifference(interpolated.hidden, plain.hidden) < 5e-5)
    #expect(largestDifference(interpolated.dGates, plain.dGates) < 5e-4)
  }

  @Test func `an interpolation needs more places than nodes, each another`() {
    #expect(RowInterpolation(places: [0, 0.5, 1], counts: [5]) == nil)
    #expect(RowInterpolation(places: [Double](repeating: 1, count: 13), counts: [5]) == nil)
  }
}
