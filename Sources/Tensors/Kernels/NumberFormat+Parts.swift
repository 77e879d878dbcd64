extension NumberFormat {
  /// The numbers of bytes that come in parts, written where they stay: no part is copied twice, and
  /// the whole lies in large pages.
  /// - Parameters:
  ///   - count: how many numbers there are.
  ///   - part: the bytes that follow, whole numbers of them; called until there are enough.
  /// - Throws: what `part` throws.
  public func decode(count: Int, parts part: () throws -> [UInt8]) throws -> [Float] {
    try unsafe largeArray(count) { out in
      var filled = 0
      while filled < count {
        let bytes = try part()
        let found = min(bytes.count / size, count - filled)
        // A part without a number would be asked for again for ever: the rest is zeros.
        guard found > 0 else { break }
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: out[filled..<filled + found])
        if self == .float32, 1.littleEndian == 1 {
          unsafe bytes.withUnsafeBytes { bytes in
            unsafe UnsafeMutableRawBufferPointer(rest).copyMemory(
              from: UnsafeRawBufferPointer(rebasing: bytes[..<(4 * found)]))
          }
        } else {
          _ = unsafe rest.initialize(from: decode(bytes).prefix(found))
        }
        filled += found
      }
      unsafe UnsafeMutableBufferPointer(rebasing: out[filled...]).initialize(repeating: 0)
    }
  }
}
