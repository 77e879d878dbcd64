internal import Documents

extension ComponentReader {
  /// Tokens with their ids: `{"the": 12, …}`.
  func vocabulary(findsPrefixes: Bool = false) throws -> Vocabulary {
    guard case .object(let members) = json else { throw wrongKind("an object") }
    guard !members.isEmpty else { throw TokenizerFileError.emptyVocabulary(path: path) }
    for member in members {
      guard case .integer(let id) = member.value, id >= 0, id < Vocabulary.idLimit else {
        // Throws an error that describes the member.
        _ = try ComponentReader(member.value, path: path + "." + member.key).id()
        continue
      }
    }
    return try Vocabulary(
      members.lazy.map { member in
        guard case .integer(let id) = member.value else { return (member.key, 0) }
        return (member.key, id)
      }, findsPrefixes: findsPrefixes, path: path)
  }

  /// The id of a token that a member names.
  func id(_ key: String, in vocabulary: Vocabulary) throws -> Int {
    let member = try required(key)
    let token = try member.string()
    guard let id = vocabulary.id(of: token) else {
      throw TokenizerFileError.unknownToken(path: member.path, token: token)
    }
    return id
  }
}

extension Vocabulary {
  /// The ids of `<0x00>` to `<0xFF>`; -1 for missing ones.
  var byteIDs: [Int32] {
    (0..<256).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      let token = "<0x" + (digits.count == 1 ? "0" : "") + digits + ">"
      return Int32(truncatingIfNeeded: id(of: token) ?? -1)
    }
  }
}

extension WordLevel {
  init(_ reader: ComponentReader) throws {
    vocabulary = try reader.required("vocab").vocabulary()
    unknown = try reader.id("unk_token", in: vocabulary)
  }
}

extension WordPiece {
  init(_ reader: ComponentReader) throws {
    vocabulary = try reader.required("vocab").vocabulary(findsPrefixes: true)
    unknownID = try reader.id("unk_token", in: vocabulary)
    continuation = try reader.string("continuing_subword_prefix").scalarValues
    longestWord = try reader.required("max_input_chars_per_word").integer()
  }
}

extension Unigram {
  init(_ reader: ComponentReader) throws {
    let list = try reader.required("vocab")
    var entries: [(token: String, id: Int)] = []
    var scores: [Double] = []
    guard case .array(let values) = list.json else { throw list.wrongKind("a list") }
    guard values.count <= Vocabulary.tokenLimit else {
      throw TokenizerFileError.tooLarge(
        path: list.path, what: "tokens", count: values.count, limit: Vocabulary.tokenLimit)
    }
    entries.reserveCapacity(values.count)
    scores.reserveCapacity(values.count)
    for (id, value) in values.enumerated() {
      let entry = ComponentReader(value, path: "\(list.path)[\(id)]")
      guard case .array(let pair) = value, pair.count == 2, case .string(let token) = pair[0] else {
        throw entry.wrongKind("a token with its score")
      }
      entries.append((token, id))
      scores.append(try ComponentReader(pair[1], path: entry.path).number())
    }
    let unknown = try reader.required("unk_id")
    let unknownID = try unknown.id()
    guard unknownID < scores.count else {
      throw TokenizerFileError.idOutOfRange(path: unknown.path, id: unknownID, limit: scores.count)
    }
    let vocabulary = try Vocabulary(entries, findsPrefixes: true, path: list.path)
    let usesBytes = try reader.bool("byte_fallback", default: false)
    self.init(
      vocabulary: vocabulary, scores: scores, unknown: unknownID,
      byteIDs: usesBytes ? vocabulary.byteIDs : nil)
  }
}

extension BytePairs {
  init(_ reader: ComponentReader) throws {
    let vocabulary = try reader.required("vocab").vocabulary()
    var options = Options()
    if reader.member("unk_token") != nil {
      options.unknown = try reader.id("unk_token", in: vocabulary)
    }
    func scalars(_ key: String) throws -> [UInt32] {
      try reader.member(key)?.string().scalarValues ?? []
    }
    options.continuation = try scalars("continuing_subword_prefix")
    options.wordEnd = try scalars("end_of_word_suffix")
    options.fusesUnknown = try reader.bool("fuse_unk", default: false)
    options.ignoresMerges = try reader.bool("ignore_merges", default: false)
    if try reader.bool("byte_fallback", default: false) { options.byteIDs = vocabulary.byteIDs }
    if let dropout = reader.member("dropout"), try dropout.number() != 0 {
      throw TokenizerFileError.unsupported(path: dropout.path, what: "dropout")
    }
    let merges = try reader.required("merges")
    self.init(
      vocabulary: vocabulary,
      merges: try MergeTable(merges, vocabulary, continuation: options.continuation),
      options: options)
  }
}

extension MergeTable {
  /// Pairs as `"a b"` or as `["a", "b"]`.
  init(_ reader: ComponentReader, _ vocabulary: Vocabulary, continuation: [UInt32]) throws {
    guard case .array(let values) = reader.json else { throw reader.wrongKind("a list") }
    guard values.count <= Self.limit else {
      throw TokenizerFileError.tooLarge(
        path: reader.path, what: "merges", count: values.count, limit: Self.limit)
    }
    self.init(minimumCapacity: values.count)
    var scalars: [UInt32] = []
    for (index, value) in values.enumerated() {
      let (left, right): (Substring, Substring)
      switch value {
      case .string(let line):
        if line.hasPrefix("#version") { continue }
        guard let pair = Self.pair(in: line) else {
          throw ComponentReader(value, path: "\(reader.path)[\(index)]").wrongKind("two tokens")
        }
        (left, right) = pair
      case .array(let pair):
        guard pair.count == 2, case .string(let first) = pair[0], case .string(let second) = pair[1]
        else {
          throw ComponentReader(value, path: "\(reader.path)[\(index)]").wrongKind("two tokens")
        }
        (left, right) = (first[...], second[...])
      default:
        throw ComponentReader(value, path: "\(reader.path)[\(index)]").wrongKind("two tokens")
      }
      try add(
        left, right, rank: index, to: vocabulary, continuation: continuation, scalars: &scalars,
        path: { "\(reader.path)[\(index)]" })
    }
  }

  /// The two sides of the only space.
  static func pair(in line: String) -> (Substring, Substring)? {
    let bytes = line.utf8
    guard let space = bytes.firstIndex(of: 0x20) else { return nil }
    let rest = line[bytes.index(after: space)...]
    return rest.utf8.contains(0x20) ? nil : (line[..<space], rest)
  }

  /// - Parameter scalars: a buffer, so that a quarter of a million merges share one.
  mutating func add(
    _ left: Substring, _ right: Substring, rank: Int, to vocabulary: Vocabulary,
    continuation: [UInt32], scalars: inout [UInt32], path: () -> String
  ) throws {
    func id(_ token: ArraySlice<UInt32>) throws -> Int32 {
      guard let id = vocabulary.table.id(of: token) else {
        throw TokenizerFileError.unknownToken(
          path: path(), token: String(scalarValues: token))
      }
      return Int32(truncatingIfNeeded: id)
    }
    scalars.removeAll(keepingCapacity: true)
    for scalar in left.unicodeScalars { scalars.append(scalar.value) }
    let middle = scalars.count
    for scalar in right.unicodeScalars { scalars.append(scalar.value) }
    let (first, second) = (try id(scalars[..<middle]), try id(scalars[middle...]))
    // The right token's prefix is dropped when it joins the left one.
    let marks = min(continuation.count, scalars.count - middle)
    if marks > 0 { scalars.removeSubrange(middle..<middle + marks) }
    add(first, second, Merge(rank: Int32(truncatingIfNeeded: rank), id: try id(scalars[...])))
  }
}
