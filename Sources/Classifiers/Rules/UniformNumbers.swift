import Tensors

/// Uniformly distributed numbers that are the same for the same seed.
struct UniformNumbers {
  private var bits: SplitMix64

  init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  /// From -1 to 1.
  mutating func next() -> Double {
    Double(Int64(bitPattern: bits.next()) >> 11) * 0x1p-52
  }

  /// The same number of values, uniformly distributed around zero, with the same root mean square.
  mutating func randomized(_ values: [Float]) -> [Float] {
    let square = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(values.count, 1))
    // A uniform distribution on -a...a has variance a² / 3.
    let bound = (3 * square).squareRoot()
    return values.map { _ in Float(bound * next()) }
  }

  mutating func randomized(_ matrix: Matrix) -> Matrix {
    Matrix(
      rows: matrix.rows, columns: matrix.columns, elements: randomized(matrix.elements))
  }
}

extension Matrix {
  var transposed: Matrix {
    var result = Matrix(zeros: columns, rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }
}
