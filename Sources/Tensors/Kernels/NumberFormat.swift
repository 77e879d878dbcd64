/// How a file stores real numbers; all are little-endian.
public enum NumberFormat: String, Sendable {
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float32 = "F32"
  case float64 = "F64"

  /// The size of a number in bytes.
  public var size: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64: 8
    }
  }

  /// The numbers that the bytes represent; an incomplete number at the end is ignored.
  ///
  /// The conversion of float16 and bfloat16 is exact, including infinities; float64 is rounded to
  /// the nearest. The cost is that of writing the result; the loops are vectorised.
  public func decode(_ bytes: [UInt8]) -> [Float] {
    switch self {
    case .float16: floats(bytes, of: UInt16.self, float(half:))
    case .bfloat16: floats(bytes, of: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float32: floats(bytes, of: UInt32.self, Float.init(bitPattern:))
    case .float64: floats(bytes, of: UInt64.self) { Float(Double(bitPattern: $0)) }
    }
  }
}

@inline(__always)
private func floats<Bits: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: [UInt8], of type: Bits.Type, _ float: (Bits) -> Float
) -> [Float] {
  let size = Bits.bitWidth / 8
  let count = bytes.count / size
  return unsafe bytes.withUnsafeBytes { raw in
    unsafe [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      for i in 0..<count {
        let bits = unsafe raw.loadUnaligned(fromByteOffset: i * size, as: type)
        unsafe buffer[i] = float(Bits(littleEndian: bits))
      }
      filled = count
    }
  }
}

/// Converts by integer arithmetic, which vectorises on any machine; without the F16C extension, the
/// language's own conversion is a function call for each number.
@inline(__always)
func float(half: UInt16) -> Float {
  let bits = UInt32(half & 0x7FFF) << 13  // exponent and fraction at their positions in a Float
  let rebias: UInt32 = (127 - 15) << 23
  let largestExponent: UInt32 = 0x1F << 23
  let exponent = bits & largestExponent
  let normal = bits &+ rebias
  let infinite = normal &+ rebias  // or NaN: the largest exponent stays the largest
  // A subnormal number has no implicit leading one: adding one to its bits and subtracting its
  // value as a number normalises it.
  let leadingOne: UInt32 = rebias + (1 << 23)
  let subnormal = (Float(bitPattern: bits &+ leadingOne) - Float(bitPattern: leadingOne)).bitPattern
  let magnitude =
    exponent == largestExponent ? infinite : (exponent == 0 ? subnormal : normal)
  return Float(bitPattern: magnitude | UInt32(half & 0x8000) << 16)
}
