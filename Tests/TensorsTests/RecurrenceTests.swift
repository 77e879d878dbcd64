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

  private func recurrence(_ kernels: PackedMatrix.Kernels) throws -> Recurrence {
    try Recurrence(
      weights: Matrix(
        rows: 4 * Self.units, columns: Self.units,
        elements: numbers(4 * Self.units * Self.units, seed: 1, scale: 0.3)), kernels: kernels)
  }

  /// Gates of rows that lie on a line, as smooth as its points are.
  private func line(_ steps: Int, places: [Double], scale: Float) -> [Float] {
    let (base, change) = (
      numbers(steps * 4 * Self.units, seed: 2, scale: scale),
      numbers(steps * 4 * Self.units, seed: 3, scale: scale)
    )
    return spread(
      base: base, change: change, factors: places.map(Float.init), columns: 4 * Self.units)
  }

  private func run(
    _ recurrence: Recurrence, gates: [Float], rows: Int, blend: RowBlend? = nil,
    workers: Workers = .one
  ) throws -> (hidden: [Float], dGates: [Float], levels: [Int]) {
    let steps = gates.count / rows / (4 * Self.units)
    var state = Recurrence.State(rows: rows, units: Self.units)
    let (hidden, trace) = try recurrence.forward(
      gates: gates, steps: steps, rows: rows, state: &state, blend: blend, workers: workers)
    let levels = trace.levels
    var dState = Recurrence.State(rows: rows, units: Self.units)
    let dGates = try recurrence.backward(
      dHidden: numbers(hidden.count, seed: 4, scale: 1), trace: trace, dState: &dState,
      workers: workers)
    return (hidden, dGates, levels)
  }

  @Test(arguments: [1, 4, 8, 28]) func `our own kernels agree with oneDNN's, there and back`(
    _ rows: Int
  ) throws {
    guard PackedMatrix.Kernels.own.areAvailable else { return }
    let gates = numbers(21 * rows * 4 * Self.units, seed: 5, scale: 2)
    let own = try run(recurrence(.own), gates: gates, rows: rows)
    let other = try run(recurrence(.oneDNN), gates: gates, rows: rows)
    #expect(largestDifference(own.hidden, other.hidden) < 1e-5)
    #expect(largestDifference(own.dGates, other.dGates) < 1e-4)
    let two = try run(recurrence(.own), gates: gates, rows: rows, workers: Workers(3))
    #expect(two.hidden == own.hidden && two.dGates == own.dGates)
  }

  @Test func `rows of a line are blends of a few of them, and the result is the same`() throws {
    let places = (0..<13).map { Double($0) / 12 }
    guard let blend = RowBlend(places: places, counts: [5, 8]) else { return }
    let recurrence = try recurrence(.own)
    let gates = line(20, places: places, scale: 0.1)
    let plain = try run(recurrence, gates: gates, rows: 13)
    let blended = try run(recurrence, gates: gates, rows: 13, blend: blend)
    #expect(blended.levels.count == 20 && blended.levels.allSatisfy { $0 < 2 })
    #expect(largestDifference(blended.hidden, plain.hidden) < 2e-5)
    #expect(largestDifference(blended.dGates, plain.dGates) < 2e-4)
    let next = try PackedMatrix(
      Matrix(rows: Self.units, columns: 40, elements: numbers(2800, seed: 6, scale: 1)),
      kernels: .own)
    let bias = numbers(40, seed: 7, scale: 1)
    let few = try next.product(blended.hidden, blend: blend, levels: blended.levels, bias: bias)
    let all = try next.product(blended.hidden, rows: 20 * 13, bias: bias)
    #expect(largestDifference(few, all) < 1e-4)
  }

  /// 13 rows fit into one of the kernels' tiles, 40 do not.
  @Test(arguments: [13, 40]) func `rows that are no blends are all multiplied`(_ rows: Int) throws {
    guard let blend = RowBlend(places: (0..<rows).map(Double.init), counts: [5, 8]) else { return }
    let recurrence = try recurrence(.own)
    let gates = numbers(9 * rows * 4 * Self.units, seed: 8, scale: 2)
    let plain = try run(recurrence, gates: gates, rows: rows)
    let blended = try run(recurrence, gates: gates, rows: rows, blend: blend)
    #expect(blended.levels == [Int](repeating: 2, count: 9))
    #expect(blended.hidden == plain.hidden && blended.dGates == plain.dGates)
    let next = try PackedMatrix(
      Matrix(rows: Self.units, columns: 40, elements: numbers(2800, seed: 6, scale: 1)),
      kernels: .own)
    let bias = numbers(40, seed: 7, scale: 1)
    let each = try next.product(blended.hidden, blend: blend, levels: blended.levels, bias: bias)
    let all = try next.product(blended.hidden, rows: 9 * rows, bias: bias)
    #expect(largestDifference(each, all) < 1e-5)
  }

  @Test func `a blend needs more places than nodes, each another`() {
    #expect(RowBlend(places: [0, 0.5, 1], counts: [5]) == nil)
    #expect(RowBlend(places: [Double](repeating: 1, count: 13), counts: [5]) == nil)
  }
}
