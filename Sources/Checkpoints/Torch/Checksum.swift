/// CRC-32 as zip files have it, of bytes that come in parts.
package struct Checksum {
  private var state: UInt32 = 0xFFFF_FFFF

  package init() {}

  package var value: UInt32 { ~state }

  /// Four bytes at a time: a table for each place of a byte in the four.
  package mutating func add(_ bytes: [UInt8]) {
    let tables = Self.tables
    var state = state
    var index = 0
    while index + 4 <= bytes.count {
      let low = UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8
      let high = UInt32(bytes[index + 2]) | UInt32(bytes[index + 3]) << 8
      state ^= low | high << 16
      let far = tables[768 + Int(state & 0xFF)] ^ tables[512 + Int(state >> 8 & 0xFF)]
      let near = tables[256 + Int(state >> 16 & 0xFF)] ^ tables[Int(state >> 24)]
      state = far ^ near
      index += 4
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
    for index in 256..<1024 {
      let previous = tables[index - 256]
      tables.append(tables[Int(previous & 0xFF)] ^ previous >> 8)
    }
    return tables
  }()
}
