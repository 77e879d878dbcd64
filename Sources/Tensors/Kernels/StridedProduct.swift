import CKernels

/// A matrix that is part of a larger one.
@safe struct Operand {
  let start: UnsafePointer<Float>
  /// The distance between the starts of two rows.
  let stride: Int
  let transposed: Bool

  init(_ start: UnsafePointer<Float>, stride: Int, transposed: Bool = false) {
    unsafe self.start = unsafe start
    self.stride = stride
    self.transposed = transposed
  }
}

/// `out = factor * left * right + keep * out`, where `out` is `[rows, columns]`.
/// - Returns: false if there is no memory.
func gemm(
  _ left: Operand, _ right: Operand, rows: Int, columns: Int, inner: Int, factor: Float = 1,
  keep: Float = 0, into out: UnsafeMutablePointer<Float>, stride: Int
) -> Bool {
  unsafe kernels_gemm(
    left.transposed ? 1 : 0, right.transposed ? 1 : 0, Int64(rows), Int64(columns), Int64(inner),
    factor, left.start, Int64(left.stride), right.start, Int64(right.stride), keep, out,
    Int64(stride)) == 0
}
