extension BertNormalizer {
  init(_ reader: ComponentReader) throws {
    cleansText = try reader.bool("clean_text")
    splitsChinese = try reader.bool("handle_chinese_chars")
    lowersCase = try reader.bool("lowercase")
    // Accents are stripped along with lowercasing unless the file says otherwise.
    stripsAccents = try reader.bool("strip_accents", default: lowersCase)
  }
}

extension Precompiled {
  init(_ reader: ComponentReader) throws {
    let map = try reader.required("precompiled_charsmap")
    guard let bytes = base64(try map.string()) else {
      throw TokenizerFileError.badCharacterMap(path: map.path)
    }
    self.init(try CharacterMap(bytes, path: map.path))
  }
}

/// Decodes base 64 (RFC 4648); nil if the text is not base 64.
private func base64(_ text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count / 4 * 3)
  var (bits, count): (UInt32, UInt32) = (0, 0)
  for character in text.utf8 where character != UInt8(ascii: "=") {
    let value: UInt8
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 97 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - 48 + 52
    case UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "/"): value = 63
    default: return nil
    }
    bits = bits << 6 | UInt32(value)
    count += 6
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
  }
  return bytes
}

extension ByteLevel {
  init(_ reader: ComponentReader) throws {
    addsPrefixSpace = try reader.bool("add_prefix_space")
    pattern = try reader.bool("use_regex", default: true) ? RegexPattern(Self.gpt2Pattern) : nil
  }
}

extension FixedLength {
  init(_ reader: ComponentReader) throws {
    length = try reader.member("length")?.integer() ?? 5
    guard length > 0 else {
      throw TokenizerFileError.unsupported(path: reader.path, what: "length \(length)")
    }
  }
}

extension Metaspace {
  init(_ reader: ComponentReader) throws {
    replacement = try reader.scalar("replacement")
    splits = try reader.bool("split", default: true)
    let named = reader.member("prepend_scheme")
    let scheme = try named?.choice(PrependScheme.self) ?? .always
    // The older spelling; the two must not contradict each other.
    if let adds = reader.member("add_prefix_space"), try !adds.bool() {
      guard named == nil || scheme == .never else {
        throw TokenizerFileError.unsupported(
          path: adds.path, what: "add_prefix_space false with prepend_scheme \(scheme.rawValue)")
      }
      prependScheme = .never
    } else {
      prependScheme = scheme
    }
  }
}

extension ComponentReader {
  func behavior(default value: SplitBehavior?) throws -> SplitBehavior {
    if let value, member("behavior") == nil { return value }
    return try required("behavior").choice(SplitBehavior.self)
  }

  /// A member whose value is one of an enum's raw values.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _: Choice.Type
  ) throws -> Choice {
    let word = try string()
    guard let choice = Choice(rawValue: word) else {
      throw TokenizerFileError.unknownComponent(
        path: path, name: word, known: Choice.allCases.map(\.rawValue))
    }
    return choice
  }
}
