/// Bytes that are read part by part on demand: from memory, a file, or the program itself.
public struct ByteSource: Sendable {
  /// How many bytes there are.
  public let count: Int
  private let bytes: @Sendable (Range<Int>) throws -> [UInt8]

  /// - Parameter bytes: returns the bytes of a range; called only with ranges within `0..<count`.
  public init(count: Int, bytes: @escaping @Sendable (Range<Int>) throws -> [UInt8]) {
    self.count = count
    self.bytes = bytes
  }

  public init(_ bytes: [UInt8]) {
    self.init(count: bytes.count) { Array(bytes[$0]) }
  }

  /// A copy of a part.
  /// - Throws: `CheckpointError.cutShort` if the part extends beyond the end, and errors of reading
  ///   the file.
  public func read(_ part: Range<Int>) throws -> [UInt8] {
    guard part.lowerBound >= 0, part.upperBound <= count else {
      throw CheckpointError.cutShort(needed: part.upperBound, found: count)
    }
    return part.isEmpty ? [] : try bytes(part)
  }

  /// A copy of everything.
  /// - Throws: `CheckpointError.tooLarge` if there are more bytes than `limit`.
  public func readAll(atMost limit: Int) throws -> [UInt8] {
    guard count <= limit else { throw CheckpointError.tooLarge(bytes: count, limit: limit) }
    return try read(0..<count)
  }
}
