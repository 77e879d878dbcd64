// Products too small, or too rare, for packing.

extension Matrix {
  /// `self * other^T`: `[M, K] * [N, K] -> [M, N]`.
  public func multipliedByTranspose(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "the shapes of a product must fit")
    var out = Matrix(zeros: rows, other.rows)
    for m in 0..<rows {
      for n in 0..<other.rows {
        out[m, n] = dot(
          elements, m * columns, other.elements, n * columns, count: columns)
      }
    }
    return out
  }

  /// `self * other`: `[M, K] * [K, N] -> [M, N]`.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the shapes of a product must fit")
    var out = Matrix(zeros: rows, other.columns)
    let width = other.columns
    for m in 0..<rows {
      for k in 0..<columns {
        let factor = self[m, k]
        if factor == 0 { continue }
        unsafe out.elements.withUnsafeMutableBufferPointer { out in
          unsafe other.elements.withUnsafeBufferPointer { other in
            for n in 0..<width { unsafe out[m * width + n] += factor * other[k * width + n] }
          }
        }
      }
    }
    return out
  }
}

/// The sum of products in sixteen parallel sums, which vectorises and rounds less than one.
private func dot(_ a: [Float], _ i: Int, _ b: [Float], _ j: Int, count: Int) -> Float {
  unsafe a.withUnsafeBytes { a in
    unsafe b.withUnsafeBytes { b in
      var sums = SIMD16<Float>()
      var k = 0
      while k + 16 <= count {
        let left = unsafe a.loadUnaligned(fromByteOffset: 4 * (i + k), as: SIMD16<Float>.self)
        let right = unsafe b.loadUnaligned(fromByteOffset: 4 * (j + k), as: SIMD16<Float>.self)
        sums += left * right
        k += 16
      }
      var sum = sums.sum()
      while k < count {
        sum +=
          unsafe a.load(fromByteOffset: 4 * (i + k), as: Float.self)
          * b.load(fromByteOffset: 4 * (j + k), as: Float.self)
        k += 1
      }
      return sum
    }
  }
}
