import Tensors

/// A random sequence that is the same for the same seed: SplitMix64 (Steele, Lea, Flood 2014).
struct UniformNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// From -1 to 1.
  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double(Int64(bitPattern: z ^ (z >> 31)) >> 11) * 0x1p-52
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
