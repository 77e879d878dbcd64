/// CRC-32 as in zip files, of bytes that arrive in parts.
package struct Checksum {
  private var state: UInt32 = 0xFFFF_FFFF

  package init() {}

  package var value: UInt32 { ~state }

  /// Eight bytes at a time, with a table for each of the eight positions.
  package mutating func add(_ bytes: [UInt8]) {
    let tables = Self.tables
    var state = state
    var index = 0
    while index + 8 <= bytes.count {
      let word = bytes[index..<index + 8]
      var table = 7 * 256
      var sum: UInt32 = 0
      for byte in word {
        sum ^= tables[table + Int(byte ^ UInt8(truncatingIfNeeded: state))]
        state >>= 8
        table -= 256
      }
      state = sum
      index += 8
    }
    for byte in bytes[index...] {
      state = tables[Int((state ^ UInt32(byte)) & 0xFF)] ^ state >> 8
    }
    self.state = state
  }

  private static let tables: [UInt32] = {
    var tables: [UInt32] = (0..<256).map { byte in
      var rest = UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1 }
      return rest
    }
    for index in 256..<2048 {
      let previous = tables[index - 256]
      tables.append(tables[Int(previous & 0xFF)] ^ previous >> 8)
    }
    return tables
  }()
}
