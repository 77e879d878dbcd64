import Tensors
import TestSupport
import Testing

struct InterpolatedMaximaTests {
  @Test(arguments: [(1, 1, 1, 1), (3, 5, 7, 2), (6, 40, 33, 9), (2, 57, 16, 20)], [1, 3])
  func `they are the largest of the interpolated rows`(
    sizes: (steps: Int, rows: Int, columns: Int, nodes: Int), threads: Int
  ) throws {
    let (steps, rows, columns, nodes) = sizes
    var random = SeededRandom(seed: 3)
    func numbers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    }
    let x = numbers(steps * nodes * columns)
    let weights = Matrix(rows: rows, columns: nodes, elements: numbers(rows * nodes))
    let found = try interpolatedMaxima(
      of: x, steps: steps, columns: columns, weights: weights, workers: Workers(threads))
    for row in 0..<rows {
      for column in 0..<columns {
        let interpolated = (0..<steps).map { step in
          (0..<nodes).reduce(0.0) {
            $0 + Double(weights[row, $1]) * Double(x[(step * nodes + $1) * columns + column])
          }
        }
        let place = row * columns + column
        let largest = interpolated.max() ?? 0
        #expect(abs(Double(found.values[place]) - largest) < 1e-5)
        #expect(abs(interpolated[Int(found.steps[place])] - largest) < 1e-5)
      }
    }
  }

  @Test(arguments: [1, 7, 9, 20], [0..<6, 2..<5])
  func `the gradient reaches the few from which the largest follow`(
    nodes: Int, range: Range<Int>
  ) {
    let (steps, rows, columns, firstColumn) = (6, 40, 5, 3)
    var random = SeededRandom(seed: 4)
    func matrix(_ rows: Int, _ columns: Int) -> Matrix {
      Matrix(
        rows: rows, columns: columns,
        elements: (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) })
    }
    let (weights, d) = (matrix(rows, nodes), matrix(rows, firstColumn + columns + 1))
    // Runs of equal steps, single ones, and rows without any.
    let places = (0..<rows * columns).map { place in
      Int32(place / columns < 20 ? place / 37 % steps : Int.random(in: -1..<steps, using: &random))
    }
    let before = matrix(range.count, nodes * columns).elements
    var expected = before.map(Double.init)
    for row in 0..<rows {
      for column in 0..<columns where range.contains(Int(places[row * columns + column])) {
        let step = Int(places[row * columns + column]) - range.lowerBound
        for node in 0..<nodes {
          expected[(step * nodes + node) * columns + column] +=
            Double(weights[row, node]) * Double(d[row, firstColumn + column])
        }
      }
    }
    var dx = before
    interpolatedMaximaBackward(
      d, firstColumn: firstColumn, steps: places, columns: columns, weights: weights, in: range,
      into: &dx)
    #expect(largestDifference(dx, expected.map(Float.init)) < 1e-5)
  }

  @Test func `the first of equals counts, and what is no number is the largest`() throws {
    let weights = Matrix(rows: 1, columns: 1, elements: [1])
    let equal = try interpolatedMaxima(
      of: [1, 2, 2], steps: 3, columns: 1, weights: weights, workers: .one)
    #expect(equal.values == [2] && equal.steps == [1])
    let none = try interpolatedMaxima(
      of: [1, .nan, 2], steps: 3, columns: 1, weights: weights, workers: .one)
    #expect(none.values[0].isNaN && none.steps == [1])
    let empty = try interpolatedMaxima(
      of: [], steps: 0, columns: 2, weights: weights, workers: .one)
    #expect(empty.values == [0, 0] && empty.steps == [-1, -1])
  }
}
