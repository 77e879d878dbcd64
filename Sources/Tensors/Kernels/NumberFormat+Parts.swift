extension NumberFormat {
  /// Decodes bytes that arrive in parts directly into the result, which uses large pages.
  /// - Parameters:
  ///   - count: how many numbers there are.
  ///   - part: returns the next bytes, a multiple of a number's size; called until there are
  ///     enough.
  /// - Throws: errors of `part`.
  public func decode(count: Int, parts part: () throws -> [UInt8]) throws -> [Float] {
    try unsafe largeArray(count) { out in
      var filled = 0
      while filled < count {
        let bytes = try part()
        let found = min(bytes.count / size, count - filled)
        // A part without a number would be requested forever; the remaining numbers are zero.
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
