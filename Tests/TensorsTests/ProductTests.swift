import Tensors
import TestSupport
import Testing

struct ProductTests {
  private func numbers(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { Float($0 * 7919 % 1009) / 1009 - 0.5 })
  }

  /// The plain definition, in Double.
  private func reference(_ a: Matrix, _ b: Matrix) -> [Float] {
    (0..<a.rows).flatMap { m in
      (0..<b.columns).map { n in
        Float((0..<a.columns).reduce(0.0) { $0 + Double(a[m, $1]) * Double(b[$1, n]) })
      }
    }
  }

  @Test(arguments: [
    (1, 1, 1), (1, 5, 3), (3, 17, 33), (7, 64, 100), (33, 128, 65), (130, 40, 20), (2, 1100, 1000),
  ])
  func `products are those of the definition`(_ m: Int, _ k: Int, _ n: Int) throws {
    let (a, b) = (numbers(m, k), numbers(k, n))
    let expected = reference(a, b)
    // Sums of k products below 1/4, each rounded at 6e-8 of the sum so far.
    let tolerance = 1e-7 * Float(k) + 1e-6
    #expect(largestDifference(try PackedMatrix(b).multiply(a).elements, expected) < tolerance)
    #expect(largestDifference(a.multiplied(by: b).elements, expected) < tolerance)
    let transposed = Matrix(
      rows: n, columns: k, elements: (0..<n).flatMap { n in (0..<k).map { b[$0, n] } })
    let packed = try PackedMatrix(transposed, transposed: true)
    #expect(largestDifference(try packed.multiply(a).elements, expected) < tolerance)
    #expect(
      largestDifference(a.multipliedByTranspose(of: transposed).elements, expected) < tolerance)
    let left = Matrix(
      rows: k, columns: m, elements: (0..<k).flatMap { k in (0..<m).map { a[$0, k] } })
    #expect(largestDifference(left.transposeMultiplied(by: b).elements, expected) < tolerance)
  }

  @Test(arguments: [(5, 3, 40), (40, 33, 65), (130, 64, 96)])
  func `columns may be left to some rows alone`(_ m: Int, _ k: Int, _ n: Int) throws {
    let (left, right) = (numbers(m, k), try PackedMatrix(numbers(k, n)))
    let bias = (0..<n).map { Float($0) }
    let all = try right.product(left.elements, rows: m, bias: bias)
    for first in [0, 31, 32, 64] where first <= n {
      for only in [[], [0], [1, m - 1], Array(0..<m)] {
        let found = try right.product(left.elements, rows: m, first: first, only: only, bias: bias)
        let zeros = only.count < m ? first / 32 * 32 : 0
        let expected = (0..<m).flatMap { row in
          (0..<n).map { $0 < zeros && !only.contains(row) ? 0 : all[row * n + $0] }
        }
        #expect(found == expected)
      }
    }
  }

  /// Small and large ones, which are not computed by the same loop.
  @Test(arguments: [(3, 5), (40, 7), (64, 100)])
  func `a row's product does not depend on the rows beside it`(_ k: Int, _ n: Int) {
    let (a, b) = (numbers(50, k), numbers(k, n))
    let transposed = Matrix(
      rows: n, columns: k, elements: (0..<n).flatMap { n in (0..<k).map { b[$0, n] } })
    let all = a.multiplied(by: b)
    let byTranspose = a.multipliedByTranspose(of: transposed)
    for row in 0..<a.rows {
      let alone = Matrix(rows: 1, columns: k, elements: a[row: row])
      #expect(alone.multiplied(by: b).elements == all[row: row])
      #expect(
        alone.multipliedByTranspose(of: transposed).elements == byTranspose[row: row])
    }
  }

  @Test func `products of any number of rows are those of the definition`() throws {
    for (k, n, most) in [(5, 3, 250), (33, 65, 30), (1200, 18, 15)] {
      let packed = try PackedMatrix(numbers(k, n))
      let bias = (0..<n).map { Float($0 % 7) }
      for m in Set(Array(1...15) + [30, 127, 250]) where m <= most {
        let left = numbers(m, k)
        let expected = reference(left, numbers(k, n))
        let tolerance = 1e-7 * Float(k) + 1e-6
        #expect(largestDifference(try packed.multiply(left).elements, expected) < tolerance)
        var out = [Float](repeating: 2, count: m * n)
        try packed.multiply(left.elements, rows: m, into: &out, accumulates: true)
        #expect(largestDifference(out, expected.map { $0 + 2 }) < 10 * tolerance)
        let shifted = try packed.product(left.elements, rows: m, bias: bias)
        #expect(
          largestDifference(shifted, zip(expected, 0...).map { $0 + bias[$1 % n] })
            < 10 * tolerance)
      }
    }
  }

  @Test func `the transpose of a packed matrix is its transpose`() throws {
    // The last is larger than what is kept.
    for (rows, columns) in [(1, 1), (17, 33), (100, 40), (1100, 1000)] {
      let packed = try PackedMatrix(numbers(rows, columns))
      let transpose = try LazyTranspose(of: packed).matrix().unpacked()
      let matrix = numbers(rows, columns)
      let transposed = (0..<columns).flatMap { column in (0..<rows).map { matrix[$0, column] } }
      #expect(transpose.elements == transposed)
    }
  }

  @Test func `a row's product does not depend on the other rows`() throws {
    let packed = try PackedMatrix(numbers(70, 90))
    let all = try packed.multiply(numbers(40, 70))
    for row in [0, 13, 14, 39] {
      let alone = try packed.multiply(numbers(40, 70).selecting(rows: [row]))
      #expect(alone.elements == all[row: row])
    }
  }

  @Test(arguments: [(1, 1), (17, 33), (1100, 1000)])
  func `a packed matrix comes back whole, and so does its transpose`(
    _ rows: Int, _ columns: Int
  ) throws {
    let matrix = numbers(rows, columns)
    let packed = try PackedMatrix(matrix)
    #expect(packed.unpacked() == matrix)
    let transpose = try LazyTranspose(of: packed).matrix().unpacked()
    #expect(transpose.rows == columns && transpose.columns == rows)
    #expect(transpose[columns - 1, 0] == matrix[0, columns - 1])
    #expect(try PackedMatrix(transpose, transposed: true).unpacked() == matrix)
  }

  @Test func `a product adds to what is there if asked`() throws {
    let (a, b) = (numbers(4, 30), numbers(30, 10))
    var out = [Float](repeating: 2, count: 40)
    try PackedMatrix(b).multiply(a.elements, rows: 4, into: &out, accumulates: true)
    #expect(largestDifference(out, reference(a, b).map { $0 + 2 }) < 1e-5)
  }

  @Test(arguments: [(4, 30, 10), (8, 1100, 1000), (0, 3, 2), (4, 0, 2)])
  func `a bias is added to each row`(_ m: Int, _ k: Int, _ n: Int) throws {
    let (a, b) = (numbers(m, k), numbers(k, n))
    let bias = (0..<n).map(Float.init)
    let out = try PackedMatrix(b).product(a.elements, rows: m, bias: bias)
    let expected = zip(reference(a, b), 0...).map { $0 + bias[$1 % n] }
    #expect(largestDifference(out, expected) < 2e-4)
  }

  /// More or fewer blocks of rows and strips of columns than threads, and numbers of them that can't be divided evenly.
  @Test(arguments: [(300, 1100), (64, 1100), (5, 1100), (560, 70), (113, 33), (450, 800)])
  func `products are the same to the last bit on any number of threads`(
    _ rows: Int, _ columns: Int
  ) throws {
    let (a, b) = (numbers(rows, 1024), numbers(1024, columns))
    let packed = try PackedMatrix(b)
    let one = try packed.multiply(a, workers: .one)
    for count in [2, 3, 7] { #expect(try packed.multiply(a, workers: Workers(count)) == one) }
  }

  /// Of 8 MB, which is more than is kept.
  @Test(arguments: [1, 63, 64])
  func `a product with a large transpose is the same whether or not someone holds it`(
    _ rows: Int
  ) throws {
    let lazy = LazyTranspose(of: try PackedMatrix(numbers(2048, 1024)))
    let left = numbers(rows, 1024)
    let alone = try lazy.matrix(stepRows: rows).multiply(left)
    let held = try lazy.matrix(stepRows: rows)
    #expect(try lazy.matrix(stepRows: rows).multiply(left) == alone)
    #expect(try held.multiply(left) == alone)
    #expect(largestDifference(alone.elements, try lazy.matrix().multiply(left).elements) < 2e-4)
  }

  @Test func `an empty product is empty`() throws {
    #expect(
      try PackedMatrix(Matrix(zeros: 0, 5)).multiply(Matrix(zeros: 3, 0)).elements
        == Array(repeating: 0, count: 15))
    #expect(try PackedMatrix(Matrix(zeros: 5, 2)).multiply(Matrix(zeros: 0, 5)).elements.isEmpty)
  }

  @Test func `each part is done once and results come in order`() throws {
    for count in 1...4 {
      #expect(try Workers(count).map(100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    }
    struct Broken: Error {}
    #expect(throws: Broken.self) { try Workers(2).map(5) { _ -> Int in throw Broken() } }
  }
}
