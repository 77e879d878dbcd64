internal import Documents
internal import Tensors

extension Safetensors {
  /// Writes tensors bit by bit as they were stored, sorted by name.
  /// - Parameter write: receives the file part by part; an error that it throws stops writing.
  /// - Throws: `CheckpointError` if a file that is read is damaged.
  public static func write(_ tensors: NamedTensors, _ write: ([UInt8]) throws -> Void) throws {
    let stored = tensors.writable
    var offset = 0
    let members = stored.map { name, tensor in
      let start = offset
      offset += tensor.byteCount
      return JSON.Member(
        name,
        .object([
          .init("dtype", .string(tensor.format.rawValue)),
          .init("shape", .array(tensor.shape.map(JSON.integer))),
          .init("data_offsets", .array([.integer(start), .integer(offset)])),
        ]))
    }
    // transformers refuses a file that does not name the framework.
    let metadata = JSON.Member("__metadata__", .object([.init("format", .string("pt"))]))
    var header = Array(JSON.object([metadata] + members).line.utf8)
    // The reference implementation aligns the numbers to eight bytes.
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    try write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header)
    for (_, tensor) in stored { try tensor.write(write) }
  }
}

/// A tensor ready to be written.
struct WritableTensor {
  let shape: [Int]
  let format: NumberFormat
  let byteCount: Int
  /// Passes the bytes on, part by part.
  private let parts: (([UInt8]) throws -> Void) throws -> Void

  /// The stored bits; nil if the numbers are not real.
  init?(_ tensor: StoredTensor) {
    guard case .real(let format) = tensor.numbers else { return nil }
    shape = tensor.shape
    self.format = format
    byteCount = tensor.byteCount
    parts = { body in
      // Reordered tensors were checked when they were read for the model.
      let checksum = tensor.strides == nil ? tensor.checksum : nil
      var sum = Checksum()
      try tensor.forEachPart { bytes in
        if checksum != nil { sum.add(bytes) }
        try body(bytes)
      }
      if let checksum, checksum.value != sum.value {
        throw CheckpointError.zip(.wrongChecksum(entry: checksum.entry))
      }
    }
  }

  /// A tensor of four bytes per number.
  /// - Parameter values: returns as many numbers as the shape has.
  init(shape: [Int], values: @escaping () throws -> [Float]) {
    self.shape = shape
    format = .float32
    byteCount = 4 * (elementCount(of: shape) ?? 0)
    parts = { body in
      try body(
        try values().flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        })
    }
  }

  /// - Throws: `CheckpointError.zip(.wrongChecksum)`, and errors of reading and of `body`.
  fileprivate func write(_ body: ([UInt8]) throws -> Void) throws { try parts(body) }
}
