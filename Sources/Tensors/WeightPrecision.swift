/// The precision of weights in products. All sums stay in single precision, and so do the other
/// factors, unless the processor multiplies bfloat16 numbers faster and the matrix was packed for
/// that.
public enum WeightPrecision: String, Sendable, CaseIterable {
  case float
  /// 8 bits of precision and the range of single precision in two bytes, which halves the memory to
  /// read.
  case bfloat16
}

extension CompactMatrix {
  /// The matrix in the requested precision. 16-bit numbers stay as they are.
  public func rounded(to precision: WeightPrecision) -> CompactMatrix {
    guard precision == .bfloat16, case .floats(let floats) = numbers else { return self }
    return CompactMatrix(
      rows: rows, columns: columns, halves: floats.map(bfloat16(nearest:)), format: .bfloat16)
  }
}

/// The bits of the bfloat16 closest to a number, the even one of two equally close; infinity beyond
/// the largest. NaN stays NaN.
func bfloat16(nearest number: Float) -> UInt16 {
  let bits = number.bitPattern
  let high = UInt16(truncatingIfNeeded: bits >> 16)
  // Rounding could carry the fraction of a NaN into the sign, and without a set bit in the
  // remaining fraction it would be infinity.
  guard !number.isNaN else { return high | 0x0040 }
  let halfAndTie = 0x7FFF + UInt32(high & 1)
  return UInt16(truncatingIfNeeded: (bits + halfAndTie) >> 16)
}
