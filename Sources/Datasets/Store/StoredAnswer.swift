/// The encoding of numbers in the store: little-endian words, with a checksum over them and their
/// key, because SQLite does not notice if a disk changes bytes within a value.
enum StoredAnswer {
  static func encode(words: [UInt32], key: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * words.count + 4)
    for word in words { append(word, to: &bytes) }
    append(sum(bytes, key: key), to: &bytes)
    return bytes
  }

  /// nil if the bytes are not what was written for the key.
  static func words(_ bytes: [UInt8], key: [UInt8]) -> [UInt32]? {
    guard bytes.count >= 4, bytes.count.isMultiple(of: 4) else { return nil }
    let content = bytes.dropLast(4)
    guard word(bytes, at: content.count) == sum(content, key: key) else { return nil }
    return stride(from: 0, to: content.count, by: 4).map { word(bytes, at: $0) }
  }

  private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
    for shift in [0, 8, 16, 24] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
  }

  /// FNV-1a.
  private static func sum(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0x811C_9DC5
    for byte in key { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
    for byte in bytes { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
    return sum
  }
}
