internal import Documents

extension JSON {
  /// - Throws: `CheckpointError.json`.
  static func read(_ bytes: [UInt8]) throws -> JSON {
    do {
      return try JSON(bytes)
    } catch let error as JSONError {
      throw CheckpointError.json(error.fault, offset: error.offset)
    }
  }
}

extension ByteSource {
  /// The source as a JSON document.
  /// - Throws: `CheckpointError.json`, `.tooLarge`, and what reading throws.
  func json(atMost limit: Int) throws -> JSON { try JSON.read(try readAll(atMost: limit)) }
}
