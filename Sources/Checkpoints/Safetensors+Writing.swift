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
      offset += tensor.byteCount
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
    for (_, tensor) in stored { try tensor.write(write) }
  }
}

/// A tensor ready to be written.
struct WritableTensor {
  let shape: [Int]
  let format: NumberFormat
  let byteCount: Int
  /// Gives the bytes part by part.
  private let parts: (([UInt8]) throws -> Void) throws -> Void

  /// Bit by bit as it is stored; nil where the numbers are no real ones.
  init?(_ tensor: StoredTensor) {
    guard case .real(let format) = tensor.numbers else { return nil }
    shape = tensor.shape
    self.format = format
    byteCount = tensor.byteCount
    parts = { body in
      // What is reordered was compared when it was read for the model.
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

  /// In four bytes a number.
  /// - Parameter values: the numbers, as many as the shape has.
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

  /// - Throws: `CheckpointError.zip(.wrongChecksum)`, and what reading and `body` throw.
  fileprivate func write(_ body: ([UInt8]) throws -> Void) throws { try parts(body) }
}
