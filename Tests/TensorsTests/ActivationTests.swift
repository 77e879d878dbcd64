import Foundation
import Tensors
import TestSupport
import Testing

struct ActivationTests {
  /// From -20 to 20 and close to 0.
  private let points: [Float] =
    (-4000...4000).map { Float($0) / 200 }
    + (1...60).flatMap { [pow(0.5, Float($0)), -pow(0.5, Float($0))] }

  @Test(arguments: [Activation.sigmoid, .tanh, .exp, .relu])
  func `values are within a few units of the last place`(_ activation: Activation) {
    func exact(_ x: Double) -> Double {
      switch activation {
      case .sigmoid: 1 / (1 + Foundation.exp(-x))
      case .tanh: Foundation.tanh(x)
      case .exp: Foundation.exp(x)
      default: max(0, x)
      }
    }
    for (x, y) in zip(points, activation.forward(points)) {
      let expected = exact(Double(x))
      #expect(abs(Double(y) - expected) <= 4e-7 * abs(expected), "\(activation) of \(x)")
    }
  }

  @Test func `GELU is close to its definition`() {
    for (x, y) in zip(points, Activation.gelu.forward(points)) {
      let expected = Double(x) * 0.5 * erfc(-Double(x) / 2.0.squareRoot())
      #expect(abs(Double(y) - expected) <= 1e-6 * max(1, abs(expected)), "of \(x)")
    }
    for (x, y) in zip(points, Activation.geluTanh.forward(points)) {
      let u = (2 / Double.pi).squareRoot() * (Double(x) + 0.044715 * pow(Double(x), 3))
      let expected = 0.5 * Double(x) * (1 + Foundation.tanh(u))
      #expect(abs(Double(y) - expected) <= 1e-6 * max(1, abs(expected)), "of \(x)")
    }
  }

  @Test(arguments: Activation.allCases)
  func `a gradient is that of central differences`(_ activation: Activation) {
    let x: [Float] = (-30...30).map { Float($0) / 10 + 0.05 }
    let dy = x.indices.map { Float($0 % 7) - 3 }
    let expected = numericGradient(at: x) { x in
      zip(activation.forward(x), dy).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    for (found, expected) in zip(activation.backward(dy, input: x), expected) {
      #expect(abs(found - expected) < 1e-3 * max(1, abs(expected)))
    }
  }

  /// In double precision, with kinks in between and none at an end.
  @Test(arguments: Activation.allCases)
  func `a chord's slope times its width is the change of the value`(_ activation: Activation) {
    for (b, x) in [(-4.5, 3.25), (-0.5, 0.25), (5, 7), (9, 12), (-30, 2), (0.5, 0.5 + 1e-7)] {
      let chord = activation.chord(from: b, to: x)
      let values = activation.forward([Float(b), Float(x)])
      let change = Double(values[1] - values[0])
      let size = Double(max(1, values[1].magnitude))
      #expect(abs(chord.slope * (x - b) - change) < 2e-6 * size, "\(b) to \(x)")
      #expect(abs(chord.mean - Double(values[0] + values[1]) / 2) < 2e-6 * size, "\(b) to \(x)")
    }
    for x in [-3.5, -0.75, 0.5, 3.5, 6.5, 11] {
      let slope = activation.chord(from: x, to: x).slope
      let expected = activation.backward([1], input: [Float(x)])[0]
      #expect(abs(slope - Double(expected)) < 3e-6 * max(1, abs(x * slope)), "at \(x)")
    }
  }

  @Test(arguments: Activation.allCases)
  func `what is no number stays none`(_ activation: Activation) {
    #expect(activation.forward([.nan])[0].isNaN)
  }

  @Test(arguments: Activation.allCases, [-200, -95, 0, 60] as [Float])
  func `gradients are finite far from zero`(_ activation: Activation, x: Float) {
    #expect(activation.backward([1], input: [x])[0].isFinite)
  }

  /// But where the value is a product of the infinity and a share that may be zero.
  @Test(
    arguments: Activation.allCases.filter {
      ![.gelu, .geluTanh, .silu, .clippedGELU, .hardSwish].contains($0)
    })
  func `infinities do not become what is no number`(_ activation: Activation) {
    #expect(activation.forward([.infinity, -.infinity]).allSatisfy { !$0.isNaN })
  }

  @Test(arguments: [1, 3, 200]) func `softmax and its logarithm are those of Double`(_ columns: Int)
  {
    let x = Matrix(
      rows: 2, columns: columns, elements: (0..<2 * columns).map { Float($0 * 37 % 61) / 4 - 90 })
    for row in 0..<2 {
      let powers = x[row: row].map { Foundation.exp(Double($0)) }
      let expected = powers.map { $0 / powers.reduce(0, +) }
      #expect(largestDifference(x.softmax()[row: row], expected.map(Float.init)) < 1e-6)
      let logs = expected.map { Float(log($0)) }
      // Up to 15, of which Float keeps seven digits.
      #expect(largestDifference(x.logSoftmax()[row: row], logs) < 1e-5)
    }
  }

  @Test func `the gradients of softmax, log-softmax and layer norm are those of differences`() {
    let x: [Float] = [0.3, -1.2, 0.7, 2.1, 0.1, -0.4, 1.5, 0.2]
    let dy = Matrix(rows: 2, columns: 4, elements: [1, -2, 0.5, 3, -1, 0.3, 2, 1])
    let norm = LayerNorm(weight: [1, 0.5, -2, 1.5], bias: [0.1, 0, 0.3, -1])
    func matrix(_ x: [Float]) -> Matrix { Matrix(rows: 2, columns: 4, elements: x) }
    func check(_ found: Matrix, _ forward: (Matrix) -> Matrix) {
      let expected = numericGradient(at: x) { x in
        zip(forward(matrix(x)).elements, dy.elements).reduce(0) {
          $0 + Double($1.0) * Double($1.1)
        }
      }
      #expect(largestDifference(found.elements, expected) < 1e-3)
    }
    check(matrix(x).softmax().softmaxBackward(dy)) { $0.softmax() }
    check(matrix(x).logSoftmax().logSoftmaxBackward(dy)) { $0.logSoftmax() }
    check(norm.backward(dy, trace: norm.forward(matrix(x)).trace)) { norm.forward($0).y }
  }
}
