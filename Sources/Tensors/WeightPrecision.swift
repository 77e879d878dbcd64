/// How many bits the weights of products keep. What they are multiplied with, and all sums, stay in single
/// precision.
public enum WeightPrecision: String, Sendable, CaseIterable {
  case float
  /// 8 bits of precision and the range of single precision in two bytes: half of what is read.
  case bfloat16
}

extension CompactMatrix {
  /// The matrix with as many bits a number as asked for. Numbers that take two bytes stay as they are.
  public func rounded(to precision: WeightPrecision) -> CompactMatrix {
    guard precision == .bfloat16, case .floats(let floats) = numbers else { return self }
    return CompactMatrix(
      rows: rows, columns: columns, halves: floats.map(bfloat16(nearest:)), format: .bfloat16)
  }
}

/// The bits of the bfloat16 nearest to a number, of two equally near ones the even one; beyond the largest,
/// infinity. NaN stays NaN.
func bfloat16(nearest number: Float) -> UInt16 {
  let bits = number.bitPattern
  let high = UInt16(truncatingIfNeeded: bits >> 16)
  // Adding could carry NaN's fraction into the sign; without a bit of its own it would be infinity.
  guard !number.isNaN else { return high | 0x0040 }
  let halfAndTie = 0x7FFF + UInt32(high & 1)
  return UInt16(truncatingIfNeeded: (bits + halfAndTie) >> 16)
}
