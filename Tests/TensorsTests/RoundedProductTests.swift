import CKernels
import Tensors
import TestSupport
import Testing

/// Products whose factors are rounded to bfloat16 on both sides.
struct RoundedProductTests {
  private func rounded(_ matrix: Matrix) -> CompactMatrix {
    CompactMatrix(matrix).rounded(to: .bfloat16)
  }

  private func transpose(of matrix: Matrix) -> Matrix {
    var turned = Matrix(zeros: matrix.columns, matrix.rows)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { turned[column, row] = matrix[row, column] }
    }
    return turned
  }

  /// `[rows, k] * [k, columns]`, added up in Double.
  private func definition(_ left: Matrix, _ right: Matrix) -> [Float] {
    (0..<left.rows).flatMap { row in
      (0..<right.columns).map { column in
        Float(
          (0..<left.columns).reduce(0.0) {
            $0 + Double(left[row, $1]) * Double(right[$1, column])
          })
      }
    }
  }

  /// What k sums lose in single precision that grow by 1/12 a product: six standard deviations of
  /// half of the last bit, which sums of products of 8 bits by 8 often lose.
  private func tolerance(_ k: Int) -> Float {
    6 * 0x1p-24 * Float(k) / 12 * (Float(k) / 3).squareRoot() + 1e-6
  }

  static let shapes = [(1, 1), (2, 31), (17, 33), (33, 32), (1201, 70), (40, 1100), (600, 1300)]

  @Test(arguments: shapes, [1, 2, 14, 15, 130])
  func `they are those of the rounded factors, forward and backward`(
    _ shape: (rows: Int, columns: Int), _ count: Int
  ) throws {
    let matrix = numbers(shape.rows, shape.columns, seed: 3)
    let packed = try PackedMatrix(rounded(matrix), roundsLeft: true)
    #expect(packed.roundsLeft && packed.precision == .bfloat16)
    let exact = rounded(matrix).expanded
    let left = numbers(count, shape.rows)
    let found = try packed.multiply(left)
    let expected = definition(rounded(left).expanded, exact)
    #expect(largestDifference(found.elements, expected) < tolerance(shape.rows))

    let back = numbers(count, shape.columns, seed: 5)
    let other = try LazyTranspose(of: packed).matrix()
    #expect(other.roundsLeft && other.byteCount == 0)
    let expectedBack = definition(rounded(back).expanded, transpose(of: exact))
    #expect(
      largestDifference(try other.multiply(back).elements, expectedBack)
        < tolerance(shape.columns))
  }

  @Test func `a bias and sums so far are added in single precision`() throws {
    let (left, right) = (numbers(20, 75), numbers(75, 50, seed: 3))
    let packed = try PackedMatrix(rounded(right), roundsLeft: true)
    // Of eleven bits, which bfloat16 does not have.
    let bias = (0..<50).map { 1 + Float($0) / 1024 }
    var out = try packed.product(left.elements, rows: 20, bias: bias)
    try packed.multiply(left.elements, rows: 20, into: &out, accumulates: true)
    let products = definition(rounded(left).expanded, rounded(right).expanded)
    let expected = products.enumerated().map { 2 * $1 + bias[$0 % 50] }
    #expect(largestDifference(out, expected) < 2 * tolerance(75))
  }

  @Test func `a row's results do not depend on the rows beside it`() throws {
    let left = numbers(130, 600)
    let packed = try PackedMatrix(rounded(numbers(600, 96, seed: 3)), roundsLeft: true)
    let all = try packed.product(left.elements, rows: 130)
    for row in [0, 13, 14, 60, 129] {
      let alone = try packed.product(left[row: row], rows: 1)
      #expect(alone == Array(all[row * 96..<(row + 1) * 96]))
    }
  }

  @Test(arguments: shapes)
  func `pairs of rows hold what the matrix held`(_ shape: (rows: Int, columns: Int)) throws {
    let matrix = rounded(numbers(shape.rows, shape.columns))
    for isTransposed in [false, true] {
      let packed = try PackedMatrix(matrix, transposed: isTransposed, roundsLeft: true)
      let (own, other) = (matrix.expanded, transpose(of: matrix.expanded))
      #expect(packed.unpacked() == (isTransposed ? other : own))
      let back = try LazyTranspose(of: packed).matrix(stepRows: 1)
      #expect(back.unpacked() == (isTransposed ? own : other))
      // Whole strips of whole pairs, of two bytes a number.
      let columns = (packed.columns + 31) / 32 * 32
      let rows = (packed.rows + 1) / 2 * 2
      #expect(packed.byteCount == 2 * rows * columns)
    }
  }

  @Test func `the left-hand side is rounded only on request, and only beside bfloat16`() throws {
    let matrix = numbers(70, 40)
    let half = CompactMatrix(
      rows: 1, columns: 2, halves: [0x3C01, 0x3555], format: .float16)
    for left in WeightPrecision.allCases {
      #expect(try !PackedMatrix(CompactMatrix(matrix), left: left).roundsLeft)
      #expect(try !PackedMatrix(half, left: left).roundsLeft)
    }
    #expect(try !PackedMatrix(rounded(matrix)).roundsLeft)
    // Where the processor gains from it, forward and backward, and nowhere else.
    let isFaster = kernels_prefers_pairs() != 0
    let packed = try PackedMatrix(rounded(matrix), left: .bfloat16)
    #expect(packed.roundsLeft == isFaster)
    #expect(try LazyTranspose(of: packed).matrix().roundsLeft == isFaster)
  }
}
