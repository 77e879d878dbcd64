import Foundation
import Tensors
import TestSupport
import Testing

/// Weights that are rounded to bfloat16.
struct WeightPrecisionTests {
  private func rounded(_ matrix: Matrix) -> Matrix {
    CompactMatrix(matrix).rounded(to: .bfloat16).expanded
  }

  @Test func `a number becomes the nearest of two bytes, of two as near the even one`() {
    // Around 1 neighbours are 1/128 apart, below it 1/256.
    let cases: [(Float, Float)] = [
      (1, 1), (-1, -1), (0, 0), (1 + 1 / 512, 1), (1 + 3 / 512, 1 + 1 / 128),
      // Halfway: to the even one, down and up.
      (1 + 1 / 256, 1), (1 + 3 / 256, 1 + 2 / 128), (-1 - 1 / 256, -1),
      (-1 - 3 / 256, -1 - 2 / 128),
      ((1 + 1 / 256).nextUp, 1 + 1 / 128), (1 - 1 / 1024, 1),
      (.greatestFiniteMagnitude, .infinity), (.infinity, .infinity), (-.infinity, -.infinity),
      (Float(bitPattern: 0x0000_8001), Float(bitPattern: 0x0001_0000)),
    ]
    let found = rounded(Matrix(rows: 1, columns: cases.count, elements: cases.map(\.0))).elements
    for ((given, expected), found) in zip(cases, found) {
      #expect(found == expected, "\(given)")
    }
    // Whichever bits of the fraction a NaN has.
    let notNumbers = [Float.nan, Float(bitPattern: 0x7F80_0001), Float(bitPattern: 0xFFFF_FFFF)]
    let kept = rounded(Matrix(rows: 1, columns: 3, elements: notNumbers)).elements
    #expect(kept.allSatisfy { $0.isNaN })
  }

  @Test func `single precision stays as it is, and what takes two bytes already`() {
    let matrix = numbers(5, 7)
    #expect(CompactMatrix(matrix).rounded(to: .float).expanded == matrix)
    let halves = CompactMatrix(
      rows: 1, columns: 2, halves: [0x3C01, 0x3555], format: .float16)
    #expect(halves.rounded(to: .bfloat16).format == .float16)
    #expect(halves.rounded(to: .bfloat16).expanded == halves.expanded)
  }

  @Test(arguments: [1, 3, 14, 15, 40, 130])
  func `products are as near to those of single precision as eight bits allow`(_ rows: Int) throws {
    let (left, right) = (numbers(rows, 700), numbers(700, 50, seed: 3))
    let packed = try PackedMatrix(CompactMatrix(right).rounded(to: .bfloat16))
    #expect(packed.precision == .bfloat16)
    #expect(packed.byteCount == 2 * 700 * 64)
    let found = try packed.multiply(left)
    for row in 0..<rows {
      for column in 0..<50 {
        var (sum, size) = (0.0, 0.0)
        for k in 0..<700 {
          let product = Double(left[row, k]) * Double(right[k, column])
          sum += product
          size += abs(product)
        }
        // Half of the last of 8 bits of each weight, and the rounding of 700 sums.
        #expect(abs(Double(found[row, column]) - sum) <= size * (0x1p-8 + 700 * 0x1p-24))
      }
    }
  }

  /// Of rows enough for a transpose that is made, for one that the product transposes, and for several tiles.
  @Test(arguments: [1, 5, 9, 33], [24, 200])
  func `an LSTM is that of the rounded weights, to the last bit, forward and backward`(
    _ rows: Int, _ units: Int
  ) throws {
    let steps = 5
    let weights = numbers(4 * units, units)
    let own = try Recurrence(weights: weights, precision: .bfloat16)
    let other = try Recurrence(weights: rounded(weights))
    #expect(own.recurrentWeights.precision == .bfloat16)
    let gates = numbers(steps * rows, 4 * units, seed: 11).elements
    let dHidden = numbers(steps * rows, units, seed: 5).elements
    func run(_ recurrence: Recurrence) throws -> [[Float]] {
      var state = Recurrence.State(rows: rows, units: units)
      let (hidden, trace) = try recurrence.forward(
        gates: gates, steps: steps, rows: rows, state: &state, workers: .all)
      var dState = Recurrence.State(rows: rows, units: units)
      let dGates = try recurrence.backward(
        dHidden: dHidden, trace: trace, dState: &dState, workers: .all)
      return [hidden, state.cell, dGates, dState.hidden, dState.cell]
    }
    let (found, expected) = (try run(own), try run(other))
    #expect(found[0] == expected[0] && found[1] == expected[1])
    // A small transpose in four bytes is kept, and adds up in another order.
    for (found, expected) in zip(found, expected).dropFirst(2) {
      let size = expected.reduce(1) { max($0, abs($1)) }
      #expect(largestDifference(found, expected) < 1e-5 * size)
    }
  }
}
