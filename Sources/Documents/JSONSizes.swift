/// How much memory a JSON document will take, from its brackets, commas and quotes alone.
///
/// Nothing is validated: counting ends at the first invalid byte, where the parser will fail as
/// well.
struct JSONSizes {
  /// The most elements of each list and object, in the order in which they start.
  private(set) var counts: [UInt32] = []

  /// `{},` takes an element's place, an object header with room for a member, and its count.
  static let mostPerByte = 40

  private static let element = MemoryLayout<JSON>.stride
  private static let member = MemoryLayout<JSON.Member>.stride
  /// A heap block and an array's header.
  private static let head = 48
  /// Shorter strings are stored inline.
  private static let shortString = 15

  /// - Throws: `JSONError` with the offset at which the limit is exceeded.
  init(of bytes: [UInt8], memoryLimit: Int) throws {
    var open: [(index: Int, element: Int)] = []
    var memory = 0
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        let start = position
        guard Self.skipString(bytes, &position) else { return }
        let length = position - 1 - start
        if length > Self.shortString { memory += Self.head + length }
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        guard open.count <= JSONParser.depthLimit else { return }
        let element = byte == UInt8(ascii: "[") ? Self.element : Self.member
        open.append((counts.count, element))
        counts.append(1)
        memory += Self.head + element + MemoryLayout<UInt32>.size
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast() != nil else { return }
      case UInt8(ascii: ","):
        guard let (index, element) = open.last else { return }
        counts[index] += 1
        memory += element
      default: break
      }
      if memory > memoryLimit {
        throw JSONError(.tooLarge(limit: memoryLimit), offset: position - 1)
      }
    }
  }

  /// Skips to the closing quote; false if there is none.
  private static func skipString(_ bytes: [UInt8], _ position: inout Int) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { position += 1 }
    }
    return false
  }
}
