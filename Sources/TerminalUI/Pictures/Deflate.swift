/// Compresses pictures of flat colours by RFC 1951, with fixed Huffman codes; matches are only
/// searched at the previous byte and in the row above.
struct Deflate {
  private(set) var bytes: [UInt8] = []
  private var bits: UInt32 = 0
  private var bitCount: UInt32 = 0

  private static let longestMatch = 258
  private static let shortestMatch = 3
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let longestDistance = 32768

  /// - Parameter stride: the distance to the row above.
  init(_ data: [UInt8], stride: Int) {
    put(1, 1)  // the last block
    put(1, 2)  // of fixed codes
    let distances = [1, stride].filter { (1...Self.longestDistance).contains($0) }
    var position = 0
    while position < data.count {
      var (best, distance) = (0, 0)
      for candidate in distances where candidate <= position {
        let length = Self.match(data, at: position, back: candidate)
        if length > best { (best, distance) = (length, candidate) }
      }
      if best >= Self.shortestMatch {
        putMatch(best, distance)
        position += best
      } else {
        putSymbol(Int(data[position]))
        position += 1
      }
    }
    putSymbol(256)
    if bitCount > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
  }

  private static func match(_ data: [UInt8], at position: Int, back: Int) -> Int {
    let most = min(longestMatch, data.count - position)
    var length = 0
    while length < most, data[position + length] == data[position + length - back] { length += 1 }
    return length
  }

  /// The lowest bit first.
  private mutating func put(_ value: UInt32, _ count: UInt32) {
    bits |= value << bitCount
    bitCount += count
    while bitCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      bitCount -= 8
    }
  }

  /// A Huffman code, the highest bit first.
  private mutating func putCode(_ code: Int, _ count: UInt32) {
    var reversed: UInt32 = 0
    for bit in 0..<count where code >> Int(bit) & 1 == 1 { reversed |= 1 << (count - 1 - bit) }
    put(reversed, count)
  }

  private mutating func putSymbol(_ symbol: Int) {
    switch symbol {
    case ..<144: putCode(0x30 + symbol, 8)
    case ..<256: putCode(0x190 + symbol - 144, 9)
    case ..<280: putCode(symbol - 256, 7)
    default: putCode(0xC0 + symbol - 280, 8)
    }
  }

  private mutating func putMatch(_ length: Int, _ distance: Int) {
    let code = Self.lengthBases.lastIndex { $0 <= length } ?? 0
    putSymbol(257 + code)
    let extra: UInt32 = code < 8 || code == 28 ? 0 : UInt32(code / 4 - 1)
    put(UInt32(length - Self.lengthBases[code]), extra)
    let distanceCode = Self.distanceBases.lastIndex { $0 <= distance } ?? 0
    putCode(distanceCode, 5)
    put(
      UInt32(distance - Self.distanceBases[distanceCode]),
      distanceCode < 4 ? 0 : UInt32(distanceCode / 2 - 1))
  }
}
