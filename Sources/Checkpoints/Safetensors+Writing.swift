internal import Documents
internal import Tensors

extension Safetensors {
  /// Writes tensors as they were stored, bit by bit, in the order of their names.
  /// - Parameter write: takes the file part by part; what it throws ends the writing.
  /// - Throws: `CheckpointError` where a file that is read is damaged.
  public static func write(_ tensors: NamedTensors, _ write: ([UInt8]) throws -> Void) throws {
    let stored = tensors.writable
    var offset = 0
    let members = stored.map { name, tensor in
      let start = offset
      offset += tensor.bytes.count
      return JSON.Member(
        name,
        .object([
          .init("dtype", .string(tensor.format.rawValue)),
          .init("shape", .array(tensor.shape.map(JSON.integer))),
          .init("data_offsets", .array([.integer(start), .integer(offset)])),
        ]))
    }
    // transformers opens no file that does not say whose tensors these are.
    let metadata = JSON.Member("__metadata__", .object([.init("format", .string("pt"))]))
    var header = Array(JSON.object([metadata] + members).line.utf8)
    // The format's own writer lets the numbers begin at a multiple of eight.
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    try write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
    for (name, tensor) in stored { try tensor.forEachPart(name, write) }
  }
}

/// A tensor ready to be written.
struct WritableTensor {
  let shape: [Int]
  let format: NumberFormat
  let bytes: Range<Int>
  let source: ByteSource
  let checksum: ExpectedChecksum?

  private static let part = 1 << 20

  /// - Throws: `CheckpointError.zip(.wrongChecksum)`, and what reading and `body` throw.
  fileprivate func forEachPart(_ name: String, _ body: ([UInt8]) throws -> Void) throws {
    var sum = Checksum()
    for start in stride(from: bytes.lowerBound, to: bytes.upperBound, by: Self.part) {
      let bytes = try source.read(start..<min(start + Self.part, bytes.upperBound))
      if checksum != nil { sum.add(bytes) }
      try body(bytes)
    }
    if let checksum, checksum.value != sum.value {
      throw CheckpointError.zip(.wrongChecksum(entry: checksum.entry))
    }
  }
}
