/// A 16-bit format of real numbers.
public enum HalfFormat: Sendable {
  case float16, bfloat16

  /// The numbers with these bits. The conversion is exact for both formats, including infinities.
  public func floats(_ bits: ArraySlice<UInt16>) -> [Float] {
    switch self {
    case .float16: bits.map(float(half:))
    case .bfloat16: bits.map { Float(bitPattern: UInt32($0) << 16) }
    }
  }

  func float(_ bits: UInt16) -> Float {
    switch self {
    case .float16: Tensors.float(half: bits)
    case .bfloat16: Float(bitPattern: UInt32(bits) << 16)
    }
  }

  /// The bits of the exponent, all of which are set for NaN and infinity.
  public var exponent: UInt16 {
    switch self {
    case .float16: 0x7C00
    case .bfloat16: 0x7F80
    }
  }
}

extension NumberFormat {
  /// The same format if it has 16 bits.
  public var half: HalfFormat? {
    switch self {
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .float32, .float64: nil
    }
  }
}

/// Reads 16-bit numbers that arrive in parts, without converting them.
/// - Parameters:
///   - count: how many numbers there are.
///   - part: returns the next bytes, a multiple of two of them, little-endian; called until there
///     are enough.
/// - Throws: errors of `part`.
public func halves(count: Int, parts part: () throws -> [UInt8]) throws -> [UInt16] {
  try unsafe [UInt16](unsafeUninitializedCapacity: count) { out, initialized in
    var filled = 0
    while filled < count {
      let bytes = try part()
      let found = min(bytes.count / 2, count - filled)
      // A part without a number would be requested forever; the remaining numbers are zero.
      guard found > 0 else { break }
      unsafe bytes.withUnsafeBytes { bytes in
        for index in 0..<found {
          let bits = unsafe bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
          unsafe out[filled + index] = UInt16(littleEndian: bits)
        }
      }
      filled += found
    }
    for index in filled..<count { unsafe out[index] = 0 }
    initialized = count
  }
}
