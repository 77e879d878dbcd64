// Products of matrices that are used once or twice, so that packing them beforehand does not pay.

extension Matrix {
  /// `self * other^T`: `[M, K] * [N, K] -> [M, N]`.
  public func multipliedByTranspose(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "the shapes of a product must fit")
    return Self.product(self, other, turned: (false, true))
  }

  /// `self * other`: `[M, K] * [K, N] -> [M, N]`.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the shapes of a product must fit")
    return Self.product(self, other, turned: (false, false))
  }

  /// `self^T * other`: `[K, M] * [K, N] -> [M, N]`.
  public func transposeMultiplied(by other: Matrix) -> Matrix {
    precondition(rows == other.rows, "the shapes of a product must fit")
    return Self.product(self, other, turned: (true, false))
  }

  /// Numbers of the right-hand matrix below which a plain loop is faster than packing them. The rows
  /// of the left-hand one do not count: a row's result must not depend on those beside it.
  private static let leastPacked = 256

  /// - Parameter turned: which of the two are transposed.
  private static func product(
    _ left: Matrix, _ right: Matrix, turned: (left: Bool, right: Bool)
  ) -> Matrix {
    let rows = turned.left ? left.columns : left.rows
    let inner = turned.left ? left.rows : left.columns
    let columns = turned.right ? right.rows : right.columns
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
              Operand(a, stride: left.columns, transposed: turned.left),
              Operand(b, stride: right.columns, transposed: turned.right), rows: rows,
              columns: columns, inner: inner, into: out, stride: columns)
          {
            return
          }
          // From a row to the next, and along the depth.
          let (aRow, aStep) = turned.left ? (1, left.columns) : (left.columns, 1)
          let (bColumn, bStep) = turned.right ? (right.columns, 1) : (1, right.columns)
          for m in 0..<rows {
            for n in 0..<columns {
              var sum: Float = 0
              for k in 0..<inner {
                unsafe sum += a[m * aRow + k * aStep] * b[n * bColumn + k * bStep]
              }
              unsafe out[m * columns + n] = sum
            }
          }
        }
      }
    }
    return out
  }
}
