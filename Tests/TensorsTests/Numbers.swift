import Tensors

/// A matrix of numbers between -0.5 and 0.5 that repeat only after 1,009.
func numbers(_ rows: Int, _ columns: Int, seed: Int = 0) -> Matrix {
  Matrix(
    rows: rows, columns: columns,
    elements: (0..<rows * columns).map { Float(($0 + seed) * 7919 % 1009) / 1009 - 0.5 })
}
