internal import Tensors

/// A tensor whose numbers still lie in a file.
struct StoredTensor: Sendable {
  /// What one number is.
  enum Numbers: Sendable, Equatable {
    case real(NumberFormat)
    /// Integers, truth values and the like, by the name that the file uses.
    case other(String)
  }

  let shape: [Int]
  let numbers: Numbers
  let source: ByteSource
  /// Where the numbers lie in the source, row-major without gaps.
  let bytes: Range<Int>
  /// What the bytes have to come to, where the file says so.
  var checksum: ExpectedChecksum?

  /// So many bytes are in memory unconverted at a time.
  private static let chunk = 1 << 20

  /// - Throws: `CheckpointError.unsupportedNumbers`, `.zip(.wrongChecksum)`, and what reading the
  ///   source throws; `CancellationError` where the reading was given up.
  func values(name: String, progress: LoadProgress? = nil) throws -> [Float] {
    let format: NumberFormat
    switch numbers {
    case .real(let real): format = real
    case .other(let other):
      throw CheckpointError.unsupportedNumbers(tensor: name, format: other)
    }
    var sum = Checksum()
    var start = bytes.lowerBound
    let values = try format.decode(count: bytes.count / format.size) {
      let part = try source.read(start..<min(start + Self.chunk, bytes.upperBound))
      start += part.count
      try progress?.read(bytes: part.count)
      if checksum != nil { sum.add(part) }
      return part
    }
    if let checksum, checksum.value != sum.value {
      throw CheckpointError.zip(.wrongChecksum(entry: checksum.entry))
    }
    return values
  }
}

/// The checksum of an entry of a zip file.
struct ExpectedChecksum: Sendable {
  let entry: String
  let value: UInt32
}
