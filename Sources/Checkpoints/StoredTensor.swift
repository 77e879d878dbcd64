internal import Tensors

/// A tensor whose numbers are still in a file.
struct StoredTensor: Sendable {
  /// The type of the numbers.
  enum Numbers: Sendable, Equatable {
    case real(NumberFormat)
    /// Integers, booleans and the like, by the file's own name.
    case other(String)
  }

  let shape: [Int]
  let numbers: Numbers
  let source: ByteSource
  /// The location of the numbers in the source; row-major without gaps unless there are `strides`.
  let bytes: Range<Int>
  /// The strides of a view such as a transpose, in numbers; its bytes may have gaps. No number
  /// occurs in the view twice.
  var strides: [Int]?
  /// The expected checksum, if the file has one.
  var checksum: ExpectedChecksum?

  /// How many unconverted bytes are in memory at a time.
  private static let chunk = 1 << 20

  /// - Throws: `CheckpointError.unsupportedNumbers`, `.zip(.wrongChecksum)`, and errors of reading
  ///   the source; `CancellationError` if reading was cancelled.
  func values(name: String, progress: LoadProgress? = nil) throws -> [Float] {
    let format: NumberFormat
    switch numbers {
    case .real(let real): format = real
    case .other(let other):
      throw CheckpointError.unsupportedNumbers(tensor: name, format: other)
    }
    return try inOrder(progress) { try format.decode(count: bytes.count / format.size, parts: $0) }
  }

  /// The format of two-byte numbers; nil for all others.
  var halfFormat: HalfFormat? {
    if case .real(let format) = numbers { format.half } else { nil }
  }

  /// The bits of two-byte numbers.
  /// - Throws: as above.
  func halves(progress: LoadProgress? = nil) throws -> [UInt16] {
    try inOrder(progress) { try Tensors.halves(count: bytes.count / 2, parts: $0) }
  }

  /// The numbers that `read` decodes, row-major.
  private func inOrder<Number>(
    _ progress: LoadProgress?, _ read: (() throws -> [UInt8]) throws -> [Number]
  ) throws -> [Number] {
    var sum = Checksum()
    var start = bytes.lowerBound
    let values = try read {
      let part = try source.read(start..<min(start + Self.chunk, bytes.upperBound))
      start += part.count
      try progress?.read(bytes: part.count)
      if checksum != nil { sum.add(part) }
      return part
    }
    if let checksum, checksum.value != sum.value {
      throw CheckpointError.zip(.wrongChecksum(entry: checksum.entry))
    }
    guard let strides else { return values }
    var ordered: [Number] = []
    ordered.reserveCapacity(elementCount(of: shape) ?? 0)
    forEachPlace(strides) { ordered.append(values[$0]) }
    return ordered
  }

  /// Passes on the bytes of the numbers, row-major without gaps, part by part.
  /// - Throws: errors of reading the source and of `body`.
  func forEachPart(_ body: ([UInt8]) throws -> Void) throws {
    guard let strides, case .real(let format) = numbers else {
      for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: Self.chunk) {
        try body(try source.read(start..<min(start + Self.chunk, bytes.upperBound)))
      }
      return
    }
    let all = try source.read(bytes)
    var ordered: [UInt8] = []
    ordered.reserveCapacity(byteCount)
    forEachPlace(strides) { ordered += all[$0 * format.size..<($0 + 1) * format.size] }
    try body(ordered)
  }

  /// The size of the numbers without gaps, in bytes.
  var byteCount: Int {
    guard strides != nil, case .real(let format) = numbers else { return bytes.count }
    return (elementCount(of: shape) ?? 0) * format.size
  }

  /// Calls `body` with the offset of each number, the last dimension varying fastest.
  private func forEachPlace(_ strides: [Int], _ body: (Int) -> Void) {
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    for _ in 0..<(elementCount(of: shape) ?? 0) {
      body(place)
      var dimension = shape.count - 1
      while dimension >= 0 {
        index[dimension] += 1
        place += strides[dimension]
        if index[dimension] < shape[dimension] { break }
        place -= strides[dimension] * shape[dimension]
        index[dimension] = 0
        dimension -= 1
      }
    }
  }
}

/// The checksum of an entry of a zip file.
struct ExpectedChecksum: Sendable {
  let entry: String
  let value: UInt32
}
