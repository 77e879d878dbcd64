import Foundation
import Tensors
import TestSupport
import Testing

/// What is done to each row or number by itself, on several threads.
struct RowsTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in Float.random(in: -2...2, using: &random) }
  }

  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test(arguments: [1, 5, 16, 37]) func `rows are normalised as a matrix is`(_ columns: Int) throws
  {
    let norm = LayerNorm(
      weight: random(columns, seed: 1), bias: random(columns, seed: 2), epsilon: 1e-5)
    let x = random(6 * columns, seed: 3)
    let dy = random(6 * columns, seed: 4)
    let (y, trace) = norm.forward(Matrix(rows: 6, columns: columns, elements: x))
    let (rows, statistics) = norm.forward(rows: x, count: 6, workers: Workers(2))
    #expect(largestDifference(rows, y.elements) < 1e-5)
    let dx = norm.backward(Matrix(rows: 6, columns: columns, elements: dy), trace: trace)
    let found = norm.backward(
      dy, rows: x, statistics: statistics, rule: .derivative, workers: Workers(2))
    #expect(largestDifference(found, dx.elements) < 1e-3)
  }

  @Test func `for relevance a row's deviation is a constant`() throws {
    let columns = 12
    let norm = LayerNorm(weight: random(columns, seed: 1), bias: random(columns, seed: 2))
    let x = random(columns, seed: 3)
    let dy = random(columns, seed: 4)
    let statistics = norm.forward(rows: x, count: 1, workers: .one).statistics
    let found = norm.backward(
      dy, rows: x, statistics: statistics, rule: .relevance, workers: .one)
    let mean = x.reduce(0, +) / Float(columns)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(columns)
    let expected = numericGradient(at: x) { x in
      let mean = x.reduce(0, +) / Float(columns)
      let y = zip(x, norm.weight).map { ($0 - mean) / (variance + 1e-5).squareRoot() * $1 }
      return dot(y, dy)
    }
    #expect(largestDifference(found, expected) < 1e-3)
  }

  @Test(arguments: Activation.allCases)
  func `functions are the same on many rows`(_ activation: Activation) {
    let x = random(9000, seed: 1)
    let dy = random(9000, seed: 2)
    let y = activation.forward(x, workers: Workers(2))
    #expect(largestDifference(y, activation.forward(x)) < 1e-6)
    let dx = activation.backward(dy, input: x, rule: .derivative, workers: Workers(2))
    #expect(largestDifference(dx, activation.backward(dy, input: x)) < 1e-5)
  }

  @Test(arguments: Activation.allCases.filter { $0.forward([0]) == [0] })
  func `relevance times input is the output's share`(_ activation: Activation) {
    let x: [Float] = (-130...130).map { Float($0) / 10 }
    let ones = [Float](repeating: 1, count: x.count)
    let factors = activation.backward(ones, input: x, rule: .relevance, workers: .one)
    let shares = zip(x, factors).map { $0 * $1 }
    // Of numbers up to 13, or 169.
    for (share, y) in zip(shares, activation.forward(x)) {
      #expect(abs(share - y) <= 1e-6 * max(1, y.magnitude))
    }
  }

  @Test(arguments: Activation.allCases)
  func `relevance has a bound at zero`(_ activation: Activation) {
    let x: [Float] = [-1e-30, -1e-6, 0, 1e-6, 1e-30]
    let ones = [Float](repeating: 1, count: x.count)
    let factors = activation.backward(ones, input: x, rule: .relevance, workers: .one)
    #expect(factors.allSatisfy { $0.magnitude <= 3 })
  }

  @Test(arguments: Activation.allCases)
  func `a gate's gradient is that of central differences`(_ activation: Activation) {
    let (rows, columns) = (3, 5)
    let x = random(rows * 2 * columns, seed: 1)
    let dy = random(rows * columns, seed: 2)
    let found = activation.gatedBackward(
      dy, input: x, rows: rows, columns: columns, rule: .derivative, workers: .one)
    let expected = numericGradient(at: x) { x in
      dot(activation.gated(x, rows: rows, columns: columns, workers: .one), dy)
    }
    #expect(largestDifference(Array(found.prefix(x.count)), expected) < 2e-3)
    let y = activation.gated(x, rows: rows, columns: columns, workers: Workers(2))
    #expect(abs(y[0] - activation.forward([x[0]])[0] * x[columns]) < 1e-6)
  }

  @Test func `a sum is taken number by number`() {
    let (x, y) = (random(10_000, seed: 1), random(10_000, seed: 2))
    #expect(sum(x, y, workers: Workers(2)) == zip(x, y).map { $0 + $1 })
  }

  @Test func `without centring a row is divided by its root mean square`() {
    let columns = 21
    let norm = LayerNorm(rootMeanSquareWith: random(columns, seed: 1), epsilon: 1e-5)
    let (x, dy) = (random(3 * columns, seed: 3), random(3 * columns, seed: 4))
    let (y, statistics) = norm.forward(rows: x, count: 3, workers: Workers(2))
    for row in 0..<3 {
      let values = x[row * columns..<(row + 1) * columns].map(Double.init)
      let size = (values.reduce(0) { $0 + $1 * $1 } / Double(columns) + 1e-5).squareRoot()
      let expected = zip(values, norm.weight).map { Float($0 / size * Double($1)) }
      let found = Array(y[row * columns..<(row + 1) * columns])
      #expect(largestDifference(found, expected) < 1e-5)
    }
    let found = norm.backward(
      dy, rows: x, statistics: statistics, rule: .derivative, workers: .one)
    let expected = numericGradient(at: x) {
      dot(norm.forward(rows: $0, count: 3, workers: .one).y, dy)
    }
    #expect(largestDifference(found, expected) < 5e-3)
    // The deviation alone is held: relevance times input is the output times its gradient.
    let relevance = norm.backward(
      dy, rows: x, statistics: statistics, rule: .relevance, workers: .one)
    #expect(abs(dot(relevance, x) - dot(y, dy)) < 1e-3)
    // The two add up in different orders: numbers below 4 are rounded to 2.4e-7 a few times.
    let whole = norm.forward(Matrix(rows: 3, columns: columns, elements: x)).y.elements
    #expect(largestDifference(whole, y) < 1e-6)
  }

  @Test func `a part of a head turns, and a longer text by other frequencies`() {
    let frequencies = RotaryFrequencies(base: 100, turning: 4).divided(
      near: [1, 1], far: [2, 4], limit: 3, factor: 1.5)
    let positions = RotaryPositions(width: 6, frequencies: frequencies)
    let x = [Float](repeating: 1, count: 7 * 6)
    var transposed = x
    positions.rotate(
      &transposed, heads: 1, stride: 6, texts: TextSpans(lengths: [3, 4]), workers: .one)
    func expected(_ position: Int, _ frequency: Float) -> Float {
      1.5 * (cos(Float(position) * frequency) - sin(Float(position) * frequency))
    }
    for (row, position, divisors) in [(2, 2, [1, 1]), (5, 2, [2, 4])] as [(Int, Int, [Float])] {
      for (index, frequency) in [1, Float(0.1)].enumerated() {
        let found = transposed[row * 6 + index]
        #expect(abs(found - expected(position, frequency / divisors[index])) < 1e-6)
      }
      #expect(transposed[row * 6 + 4] == 1 && transposed[row * 6 + 5] == 1)
    }
  }

  @Test func `turning back undoes turning, and only distances count`() {
    let positions = RotaryPositions(width: 6, base: 100)
    let texts = TextSpans(lengths: [4, 3])
    let x = random(7 * 36, seed: 1)
    var transposed = x
    positions.rotate(&transposed, heads: 4, stride: 36, texts: texts, workers: .one)
    // The first token of each text stays; values do too.
    #expect(Array(transposed[0..<36]) == Array(x[0..<36]))
    #expect(Array(transposed[24..<36]) == Array(x[24..<36]))
    #expect(transposed != x)
    // The same query and key at other places, equally far apart.
    var same = (0..<4).flatMap { _ in x[0..<36] }
    positions.rotate(&same, heads: 4, stride: 36, texts: TextSpans(lengths: [4]), workers: .one)
    func product(_ i: Int, _ j: Int) -> Double {
      dot(Array(same[i * 36..<i * 36 + 6]), Array(same[j * 36 + 12..<j * 36 + 18]))
    }
    #expect(abs(product(0, 1) - product(2, 3)) < 1e-5)
    #expect(abs(product(0, 1) - product(1, 0)) > 1e-2)
    positions.rotateBack(&transposed, heads: 4, stride: 36, texts: texts, workers: .one)
    #expect(largestDifference(transposed, x) < 1e-5)
  }
}
