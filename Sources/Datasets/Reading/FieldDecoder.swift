/// Decodes the bytes of a field.
///
/// UTF-8 first. Otherwise a field is decoded as windows-1252 if that is plausible: no earlier field
/// had characters beyond ASCII in UTF-8, and the bytes in question are where letters of Western
/// European words are. Everything else is refused, because wrong letters are worse than none.
public struct FieldDecoder: Sendable {
  /// What to do with fields that are not UTF-8.
  public enum Fallback: Sendable {
    case none
    /// Decode as windows-1252 if the field looks like it.
    case whereLikely
    /// Decode all fields as windows-1252.
    case always
  }

  private var fallback: Fallback
  /// How many fields were decoded as windows-1252 because they are not UTF-8.
  public private(set) var singleByteFields = 0

  public init(_ fallback: Fallback = .none) {
    self.fallback = fallback
  }

  /// nil if the bytes are not text.
  mutating func text(_ bytes: some BidirectionalCollection<UInt8>) -> String? {
    if case .always = fallback { return Windows1252.text(bytes) }
    if let text = String(validating: bytes, as: UTF8.self) {
      if case .whereLikely = fallback, !bytes.allSatisfy({ $0 < 0x80 }) { fallback = .none }
      return text
    }
    guard case .whereLikely = fallback, Windows1252.isLikely(bytes) else { return nil }
    singleByteFields += 1
    return Windows1252.text(bytes)
  }
}

extension FieldDecoder {
  /// The text, or why the bytes are not text.
  mutating func result(
    _ bytes: some BidirectionalCollection<UInt8>
  ) -> Result<String, TextLineProblem> {
    guard !bytes.contains(0) else { return .failure(.zeroByte) }
    return text(bytes).map(Result.success) ?? .failure(.notUTF8)
  }
}

/// The Western European code page, a superset of latin-1's printable characters (Unicode's mapping
/// table CP1252.TXT).
enum Windows1252 {
  /// 0x80 to 0x9F; 0 if the code page has no character.
  private static let high: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// nil if a byte has no character.
  static func text(_ bytes: some Collection<UInt8>) -> String? {
    var text = ""
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      guard let scalar = scalar(byte) else { return nil }
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    let code = high[Int(byte) - 0x80]
    return code == 0 ? nil : Unicode.Scalar(code)
  }

  /// Whether each byte beyond ASCII is one that Western European texts use, and most are next to an
  /// ASCII letter or a space, like `é` in `café` and quotes around a word.
  static func isLikely(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    var count = 0
    var beside = 0
    var previous: UInt8 = 0x20
    var previousIsHigh = false
    for byte in bytes {
      if byte >= 0x80 {
        guard scalar(byte) != nil, !rare.contains(byte) else { return false }
        count += 1
        if isWordOrSpace(previous) { beside += 1 }
      } else if previousIsHigh, byte == 0 || (byte < 0x20 && byte > 0x0D) {
        return false
      }
      previousIsHigh = byte >= 0x80
      previous = byte
    }
    return count > 0 && 2 * beside >= count
  }

  /// þ, ÿ, Ð and the like, which are frequent in binary data but rare in words.
  private static let rare: Set<UInt8> = [0xFF, 0xFE, 0xDE, 0xD0, 0xD7, 0xF7]

  private static func isWordOrSpace(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return byte == 0x20 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
  }
}
