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
  /// Where the numbers lie in the source, row-major without gaps but for `strides`.
  let bytes: Range<Int>
  /// Of a transposed tensor or another view, whose bytes may have gaps: how many numbers further each
  /// dimension's next one lies. No number is a part of the view twice.
  var strides: [Int]?
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
    return try inOrder(progress) { try format.decode(count: bytes.count / format.size, parts: $0) }
  }

  /// The format of numbers that take two bytes each; nil for all others.
  var halfFormat: HalfFormat? {
    if case .real(let format) = numbers { format.half } else { nil }
  }

  /// The bits of numbers that take two bytes each.
  /// - Throws: as above.
  func halves(progress: LoadProgress? = nil) throws -> [UInt16] {
    try inOrder(progress) { try Tensors.halves(count: bytes.count / 2, parts: $0) }
  }

  /// What `read` makes of the bytes, row-major.
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

  /// The bytes of the numbers, row-major without gaps, in parts.
  /// - Throws: what reading the source and `body` throw.
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

  /// How many bytes the numbers take without gaps.
  var byteCount: Int {
    guard strides != nil, case .real(let format) = numbers else { return bytes.count }
    return (elementCount(of: shape) ?? 0) * format.size
  }

  /// Where each number lies, in the order of the last dimension first.
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
