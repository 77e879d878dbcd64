/// Reads the fields of a protocol buffers message in order; nested messages are byte ranges.
struct ProtobufReader {
  enum Value {
    case number(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(Range<Int>)
  }

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes[...])
  }

  /// The next field; nil at the end.
  ///
  /// - Throws: `TokenizerFileError.badSentencePiece` if the bytes are not a message.
  mutating func next() throws -> (number: Int, value: Value)? {
    guard place < bytes.endIndex else { return nil }
    let key = try varint()
    let number = Int(truncatingIfNeeded: key >> 3)
    guard number > 0 else { throw fault }
    switch key & 7 {
    case 0: return (number, .number(try varint()))
    case 1: return (number, .fixed64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(bytes.endIndex - place) else { throw fault }
      let start = place
      place += Int(length)
      return (number, .bytes(start..<place))
    case 5: return (number, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
    default: throw fault
    }
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < bytes.endIndex else { throw fault }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw fault
  }

  private mutating func fixed(_ count: Int) throws -> UInt64 {
    guard count <= bytes.endIndex - place else { throw fault }
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[place + index]) << UInt64(8 * index) }
    place += count
    return value
  }

  private var fault: TokenizerFileError { .badSentencePiece(offset: place) }
}
