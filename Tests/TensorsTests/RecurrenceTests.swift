import Foundation
import Tensors
import TestSupport
import Testing

struct RecurrenceTests {
  static let ownKernels = PackedMatrix.Kernels.own.areAvailable
  private static let units = 70

  private func numbers(_ count: Int, seed: UInt64, scale: Float) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float.random(in: -scale...scale, using: &random) }
  }

  private func recurrence(_ kernels: PackedMatrix.Kernels) throws -> Recurrence {
    try Recurrence(
      weights: Matrix(
        rows: 4 * Self.units, columns: Self.units,
        elements: numbers(4 * Self.units * Self.units, seed: 1, scale: 0.3)), kernels: kernels)
  }

  /// Gates of rows that lie on a line, as they are and as blends.
  private func line(
    _ steps: Int, places: [Double], blend: RowBlend, scale: Float
  ) -> (rows: [Float], blended: BlendedSteps) {
    let (base, change) = (
      numbers(steps * 4 * Self.units, seed: 2, scale: scale),
      numbers(steps * 4 * Self.units, seed: 3, scale: scale)
    )
    let factors = places.map(Float.init)
    return (
      spread(base: base, change: change, factors: factors, columns: 4 * Self.units),
      BlendedSteps(
        base: base, change: change, factors: factors, columns: 4 * Self.units, blend: blend)
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
    _ recurrence: Recurrence, gates: [Float], rows: Int, blended: BlendedSteps? = nil,
    from start: Recurrence.State? = nil, workers: Workers = .one
  ) throws -> Run {
    let steps = gates.count / rows / (4 * Self.units)
    let start = start ?? Recurrence.State(rows: rows, units: Self.units)
    var state = start
    let (hidden, trace) =
      if let blended {
        try recurrence.forward(gates: blended, state: &state, workers: workers)
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

  @Test(.enabled(if: ownKernels), arguments: [1, 4, 8, 28])
  func `our own kernels agree with oneDNN's, there and back`(_ rows: Int) throws {
    let gates = numbers(21 * rows * 4 * Self.units, seed: 5, scale: 2)
    let own = try run(recurrence(.own), gates: gates, rows: rows)
    let other = try run(recurrence(.oneDNN), gates: gates, rows: rows)
    #expect(largestDifference(own.hidden, other.hidden) < 1e-5)
    #expect(largestDifference(own.dGates, other.dGates) < 1e-4)
    let two = try run(recurrence(.own), gates: gates, rows: rows, workers: Workers(3))
    #expect(two.hidden == own.hidden && two.dGates == own.dGates)
  }

  @Test(.enabled(if: ownKernels), arguments: [13, 50])
  func `rows of a line are blends of a few of them`(_ rows: Int) throws {
    let places = (0..<rows).map { Double($0) / Double(rows - 1) }
    let blend = try #require(RowBlend(places: places, counts: [5, 8]))
    let recurrence = try recurrence(.own)
    let gates = line(20, places: places, blend: blend, scale: 0.1)
    let plain = try run(recurrence, gates: gates.rows, rows: rows)
    let blended = try run(recurrence, gates: gates.rows, rows: rows, blended: gates.blended)
    #expect(blended.levels.count == 20 && blended.levels.allSatisfy { $0 < 2 })
    // What makes the way worth it.
    #expect(blended.bytes < plain.bytes * 8 / rows + plain.bytes / 4)
    #expect(largestDifference(blended.hidden, plain.hidden) < 2e-5)
    #expect(largestDifference(blended.state.cell, plain.state.cell) < 5e-5)
    #expect(largestDifference(blended.dGates, plain.dGates) < 2e-4)
    #expect(largestDifference(blended.dState.hidden, plain.dState.hidden) < 5e-4)
    let two = try run(
      recurrence, gates: gates.rows, rows: rows, blended: gates.blended, workers: Workers(3))
    // Not as a comparison that would be printed.
    let isSame = two == blended
    #expect(isSame)
    try expectProducts(blended, blend: blend, rows: rows)
  }

  /// What comes from above is rough, and goes back as the nodes' share of it.
  @Test(.enabled(if: ownKernels), arguments: [13, 50], [1, 2])
  func `the nodes of a line go back for all rows`(
    _ rows: Int, _ level: Int
  ) throws {
    let places = (0..<rows).map { 0.5 + Double($0) / Double(rows - 1) / 2 }
    let blend = try #require(RowBlend(places: places, counts: [5, 8, 10]))
    let (recurrence, units, steps) = (try recurrence(.own), Self.units, 20)
    var state = Recurrence.State(rows: rows, units: units)
    let (hidden, trace) = try recurrence.forward(
      gates: line(steps, places: places, blend: blend, scale: 0.1).blended, state: &state,
      workers: .one)
    #expect(trace.levels.allSatisfy { $0 < level })
    let dHidden = numbers(hidden.count, seed: 4, scale: 1)
    let nodes = blend.nodeCount(of: level)
    let gathered = (0..<steps).flatMap { step in
      blend.gathered(
        Array(dHidden[step * rows * units..<(step + 1) * rows * units]), columns: units,
        level: level)
    }
    func sums(_ dHidden: [Float], rows: Int, level: Int?) throws -> [Float] {
      var dState = Recurrence.State(rows: rows, units: units)
      let dGates = try recurrence.backward(
        dHidden: dHidden, trace: trace, dState: &dState, nodesOf: level, workers: .one)
      var sums = [Float](repeating: 0, count: steps * 4 * units)
      addRows(of: dGates, rows: rows, steps: steps, columns: 4 * units, to: &sums)
      return sums
    }
    let all = try sums(dHidden, rows: rows, level: nil)
    let few = try sums(gathered, rows: nodes, level: level)
    #expect(largestDifference(few, all) < 2e-5 * (all.map(\.magnitude).max() ?? 0))
  }

  /// The start is rough, and so all rows are taken until it is forgotten.
  @Test(.enabled(if: ownKernels), arguments: [13, 50])
  func `rows that are no blends are all multiplied`(
    _ rows: Int
  ) throws {
    let places = (0..<rows).map { Double($0) / Double(rows - 1) }
    let blend = try #require(RowBlend(places: places, counts: [5, 8]))
    let recurrence = try recurrence(.own)
    let gates = line(9, places: places, blend: blend, scale: 0.1)
    let start = Recurrence.State(
      hidden: numbers(rows * Self.units, seed: 8, scale: 1),
      cell: numbers(rows * Self.units, seed: 9, scale: 1))
    let plain = try run(recurrence, gates: gates.rows, rows: rows, from: start)
    let blended = try run(
      recurrence, gates: gates.rows, rows: rows, blended: gates.blended, from: start)
    #expect(blended.levels == [Int](repeating: 2, count: 9))
    #expect(largestDifference(blended.hidden, plain.hidden) < 1e-5)
    #expect(largestDifference(blended.dGates, plain.dGates) < 1e-4)
    try expectProducts(blended, blend: blend, rows: rows)
  }

  /// A product of a few of the rows is that of all, there and as gates of the next layer.
  private func expectProducts(_ run: Run, blend: RowBlend, rows: Int) throws {
    let next = try PackedMatrix(
      Matrix(
        rows: Self.units, columns: 4 * Self.units,
        elements: numbers(4 * Self.units * Self.units, seed: 6, scale: 0.3)), kernels: .own)
    let bias = numbers(4 * Self.units, seed: 7, scale: 0.3)
    let few = try next.product(run.hidden, blend: blend, levels: run.levels, bias: bias)
    let all = try next.product(run.hidden, rows: run.levels.count * rows, bias: bias)
    let layer = try recurrence(.own)
    let blended = try self.run(layer, gates: all, rows: rows, blended: few)
    let plain = try self.run(layer, gates: all, rows: rows)
    #expect(largestDifference(blended.hidden, plain.hidden) < 5e-5)
    #expect(largestDifference(blended.dGates, plain.dGates) < 5e-4)
  }

  @Test func `a blend needs more places than nodes, each another`() {
    #expect(RowBlend(places: [0, 0.5, 1], counts: [5]) == nil)
    #expect(RowBlend(places: [Double](repeating: 1, count: 13), counts: [5]) == nil)
  }
}
