internal import Documents

extension JSON {
  /// - Throws: `CheckpointError.json`.
  static func read(_ bytes: [UInt8], values: Int = 1_000_000) throws -> JSON {
    do {
      return try JSON(bytes, valueLimit: values)
    } catch let error as JSONError {
      throw CheckpointError.json(error.fault, offset: error.offset)
    }
  }
}

extension ByteSource {
  /// The source as a JSON document.
  /// - Throws: `CheckpointError.json`, `.tooLarge`, and what reading throws.
  func json(atMost limit: Int, values: Int = 1_000_000) throws -> JSON {
    try JSON.read(try readAll(atMost: limit), values: values)
  }
}
