import CKernels

// Products of matrices that are used only once or twice, so that packing them does not pay.

extension Matrix {
  /// `self * other^T`: `[M, K] * [N, K] -> [M, N]`.
  public func multipliedByTranspose(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "the shapes of a product must fit")
    var out = Matrix(zeros: rows, other.rows)
    unsafe elements.withUnsafeBufferPointer { a in
      unsafe other.elements.withUnsafeBufferPointer { b in
        unsafe out.elements.withUnsafeMutableBufferPointer { out in
          // An empty array may have no address.
          guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else {
            return
          }
          unsafe kernels_dots(
            a, Int64(columns), Int64(rows), b, Int64(columns), Int64(other.rows), Int64(columns),
            out, Int64(other.rows))
        }
      }
    }
    return out
  }

  /// `self * other`: `[M, K] * [K, N] -> [M, N]`.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the shapes of a product must fit")
    return Self.product(self, other, isTransposed: false)
  }

  /// `self^T * other`: `[K, M] * [K, N] -> [M, N]`.
  public func transposeMultiplied(by other: Matrix) -> Matrix {
    precondition(rows == other.rows, "the shapes of a product must fit")
    return Self.product(self, other, isTransposed: true)
  }

  /// For right-hand matrices with fewer numbers, a plain loop is faster than packing. The number of
  /// left-hand rows does not count, because a row's result must not depend on the others.
  private static let leastPacked = 256

  /// - Parameter isTransposed: whether the left-hand matrix is transposed.
  private static func product(_ left: Matrix, _ right: Matrix, isTransposed: Bool) -> Matrix {
    let rows = isTransposed ? left.columns : left.rows
    let inner = isTransposed ? left.rows : left.columns
    let columns = right.columns
    var out = Matrix(zeros: rows, columns)
    unsafe left.elements.withUnsafeBufferPointer { a in
      unsafe right.elements.withUnsafeBufferPointer { b in
        unsafe out.elements.withUnsafeMutableBufferPointer { out in
          // An empty array may have no address.
          guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else {
            return
          }
          if inner * columns >= leastPacked,
            unsafe gemm(
              Operand(a, stride: left.columns, transposed: isTransposed),
              Operand(b, stride: columns), rows: rows,
              columns: columns, inner: inner, into: out, stride: columns)
          {
            return
          }
          // The distances between rows, and between the summands.
          let (row, step) = isTransposed ? (1, left.columns) : (left.columns, 1)
          for m in 0..<rows {
            for n in 0..<columns {
              var sum: Float = 0
              for k in 0..<inner { unsafe sum += a[m * row + k * step] * b[k * columns + n] }
              unsafe out[m * columns + n] = sum
            }
          }
        }
      }
    }
    return out
  }
}
