internal import Documents

/// Limits on what a tokenizer's file may contain beside its vocabulary: far more than any has, and
/// few enough to keep memory small. A letter class of a pattern, for example, takes a thousand
/// times the memory of the four characters that name it.
enum TokenizerSizes {
  private static let limits: [(member: String, what: String, limit: Int, of: Measure)] = [
    ("added_tokens", "tokens", addedTokenLimit, .elements),
    ("added_tokens", "bytes of text", addedByteLimit, .bytes),
    ("normalizer", "values", 1000, .values),
    ("normalizer", "bytes of text", 4 << 20, .bytes),
    ("pre_tokenizer", "values", 1000, .values),
    ("pre_tokenizer", "bytes of text", 20_000, .bytes),
    ("post_processor", "values", 20_000, .values),
    ("post_processor", "bytes of text", 1 << 20, .bytes),
  ]

  /// - Parameter tokens: those of the file and those that the settings add.
  /// - Throws: `TokenizerFileError.tooLarge`.
  static func check(_ tokens: [AddedToken]) throws {
    let bytes = tokens.reduce(0) { $0 + $1.content.utf8.count }
    for (what, count, limit) in [
      ("tokens", tokens.count, addedTokenLimit), ("bytes of text", bytes, addedByteLimit),
    ] where count > limit {
      throw TokenizerFileError.tooLarge(
        path: "added_tokens", what: what, count: count, limit: limit)
    }
  }

  private static let addedTokenLimit = 30_000
  private static let addedByteLimit = 2 << 20

  private enum Measure { case elements, values, bytes }

  /// - Parameter reader: reads the whole file.
  /// - Throws: `TokenizerFileError.tooLarge`.
  static func check(_ reader: ComponentReader) throws {
    for (member, what, limit, measure) in limits {
      guard let part = reader.member(member) else { continue }
      let count = size(of: part.json, measure)
      guard count <= limit else {
        throw TokenizerFileError.tooLarge(path: part.path, what: what, count: count, limit: limit)
      }
    }
  }

  private static func size(of json: JSON, _ measure: Measure) -> Int {
    if measure == .elements {
      if case .array(let elements) = json { return elements.count }
      return 0
    }
    switch json {
    case .string(let text): return measure == .bytes ? text.utf8.count : 1
    case .array(let elements):
      return elements.reduce(measure == .bytes ? 0 : 1) { $0 + size(of: $1, measure) }
    case .object(let members):
      return members.reduce(measure == .bytes ? 0 : 1) { $0 + size(of: $1.value, measure) }
    default: return measure == .bytes ? 0 : 1
    }
  }
}
