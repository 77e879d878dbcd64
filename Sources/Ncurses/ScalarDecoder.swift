/// Decodes UTF-8 byte by byte. Each maximal ill-formed part becomes one U+FFFD (Unicode 16, 3.9).
struct ScalarDecoder: Sendable {
  private var value: UInt32 = 0
  private var missing = 0
  /// The range of the next continuation byte: it excludes overlong forms and surrogates.
  private var next: ClosedRange<UInt8> = 0x80...0xBF

  var isPending: Bool { missing > 0 }

  /// The scalars that this byte completes: none, one, or U+FFFD for an incomplete sequence and then
  /// its own.
  mutating func feed(_ byte: UInt8) -> [Unicode.Scalar] {
    if missing > 0 {
      guard next.contains(byte) else {
        missing = 0
        return ["\u{FFFD}"] + feed(byte)
      }
      value = value << 6 | UInt32(byte & 0x3F)
      next = 0x80...0xBF
      missing -= 1
      return missing > 0 ? [] : [Unicode.Scalar(value) ?? "\u{FFFD}"]
    }
    switch byte {
    case 0x00...0x7F: return [Unicode.Scalar(byte)]
    case 0xC2...0xDF: begin(byte & 0x1F, missing: 1)
    case 0xE0: begin(0, missing: 2, next: 0xA0...0xBF)
    case 0xED: begin(0x0D, missing: 2, next: 0x80...0x9F)
    case 0xE1...0xEF: begin(byte & 0x0F, missing: 2)
    case 0xF0: begin(0, missing: 3, next: 0x90...0xBF)
    case 0xF1...0xF3: begin(byte & 0x07, missing: 3)
    case 0xF4: begin(4, missing: 3, next: 0x80...0x8F)
    default: return ["\u{FFFD}"]
    }
    return []
  }

  /// Discards an incomplete sequence, and says whether there was one.
  mutating func reset() -> Bool {
    defer { missing = 0 }
    return missing > 0
  }

  private mutating func begin(
    _ bits: UInt8, missing: Int, next: ClosedRange<UInt8> = 0x80...0xBF
  ) {
    value = UInt32(bits)
    self.missing = missing
    self.next = next
  }
}
