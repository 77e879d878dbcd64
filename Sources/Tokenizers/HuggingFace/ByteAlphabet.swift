/// GPT-2's alphabet of printable scalars for the 256 bytes (Radford et al. 2019).
enum ByteAlphabet {
  /// Scalars by byte. Printable bytes represent themselves, the others are U+0100 and up, in order.
  static let scalars: [UInt32] = {
    var next: UInt32 = 0x100
    return (UInt32(0)..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return byte
      default:
        next += 1
        return next - 1
      }
    }
  }()

  /// The scalar for a space: `Ġ`.
  static let space: UInt32 = 0x120

  /// Appends the bytes of a scalar; each stands for the whole scalar.
  @inline(__always)
  static func append(_ scalar: AlignedScalar, to result: inout [AlignedScalar]) {
    let value = scalar.value
    func add(_ byte: UInt32) {
      var mapped = scalar
      mapped.value = scalars[Int(byte & 0xFF)]
      result.append(mapped)
    }
    switch value {
    case 0..<0x80: add(value)
    case 0x80..<0x800:
      add(0xC0 | value >> 6)
      add(0x80 | value & 0x3F)
    case 0x800..<0x10000:
      add(0xE0 | value >> 12)
      add(0x80 | value >> 6 & 0x3F)
      add(0x80 | value & 0x3F)
    default:
      add(0xF0 | value >> 18)
      add(0x80 | value >> 12 & 0x3F)
      add(0x80 | value >> 6 & 0x3F)
      add(0x80 | value & 0x3F)
    }
  }
}

/// The bytes of a scalar's UTF-8.
func utf8Bytes(of scalar: UInt32) -> [UInt8] {
  Unicode.Scalar(scalar).map { Array(UTF8.encode($0) ?? .init()) } ?? []
}
