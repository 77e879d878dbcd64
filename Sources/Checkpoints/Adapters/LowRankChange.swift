internal import Tensors

/// A low-rank product that is added to a matrix: LoRA's change.
///
/// Source: Hu et al. 2021, arXiv:2106.09685; peft's `LoraLayer.get_delta_weight`.
struct LowRankChange: Sendable {
  /// `[rank, in]`.
  let down: Matrix
  /// `[out, rank]`.
  let up: Matrix
  let factor: Float

  /// How many rows of the product are in memory at a time.
  private static let rows = 512

  /// Adds `factor * up * down` to `values`, `[out, in]`.
  /// - Throws: `TensorError`.
  func add(to values: inout [Float]) throws {
    let width = down.columns
    let packed = try PackedMatrix(down)
    for first in stride(from: 0, to: up.rows, by: Self.rows) {
      let part = up.selecting(rows: Array(first..<min(first + Self.rows, up.rows)))
      let product = try packed.multiply(part, workers: .one).elements
      let start = first * width
      for index in product.indices { values[start + index] += factor * product[index] }
    }
  }

  /// The change of the transpose.
  var transposed: LowRankChange {
    LowRankChange(down: Self.transpose(up), up: Self.transpose(down), factor: factor)
  }

  private static func transpose(_ matrix: Matrix) -> Matrix {
    var result = Matrix(zeros: matrix.columns, matrix.rows)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[column, row] = matrix[row, column] }
    }
    return result
  }
}
