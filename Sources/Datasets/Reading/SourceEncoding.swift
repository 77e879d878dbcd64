/// The character encoding of a file.
public enum SourceEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// Western European single bytes; the printable part is latin-1.
  case windows1252 = "windows-1252"

  /// How many bytes `detect` needs, if there are as many.
  static let bytesToTell = 64

  var isUTF16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }

  /// The encoding that the first bytes indicate, and the length of the byte order mark.
  ///
  /// UTF-16 without a mark is recognised by its zero bytes, one for every ASCII character; UTF-8
  /// has none. Single-byte encodings cannot be recognised here, but for each field.
  static func detect(_ first: [UInt8]) -> (encoding: SourceEncoding, markLength: Int) {
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if first.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if first.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    let sample = first.prefix(bytesToTell)
    let zeros = sample.indices.filter { sample[$0] == 0 }
    let odd = zeros.count { !$0.isMultiple(of: 2) }
    let even = zeros.count - odd
    let most = sample.count / 4
    // A scalar whose other byte is zero (U+4E00) occurs among ASCII ones now and then.
    if odd > 4 * even, odd >= most { return (.utf16LittleEndian, 0) }
    if even > 4 * odd, even >= most { return (.utf16BigEndian, 0) }
    return (.utf8, 0)
  }
}

/// Converts UTF-16 to UTF-8 in parts of any size.
///
/// An unpaired surrogate becomes three bytes that are invalid in UTF-8, so that its row is refused.
struct UTF16Transcoder {
  private let isBigEndian: Bool
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?

  init(_ encoding: SourceEncoding) {
    isBigEndian = encoding == .utf16BigEndian
  }

  mutating func transcode(_ bytes: [UInt8], isLast: Bool, to output: inout [UInt8]) {
    output.reserveCapacity(output.count + bytes.count)
    for byte in bytes {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let unit =
        isBigEndian
        ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
      append(unit, to: &output)
    }
    guard isLast else { return }
    if let high = highSurrogate { Self.append(UInt32(high), to: &output) }
    if oddByte != nil { output.append(0xFF) }
    highSurrogate = nil
    oddByte = nil
  }

  private mutating func append(_ unit: UInt16, to output: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        let scalar = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        Self.append(scalar, to: &output)
        return
      }
      Self.append(UInt32(high), to: &output)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else {
      Self.append(UInt32(unit), to: &output)
    }
  }

  private static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
    switch scalar {
    case ..<0x80: output.append(UInt8(scalar))
    case ..<0x800: output += [UInt8(0xC0 | scalar >> 6), tail(0)]
    case ..<0x10000: output += [UInt8(0xE0 | scalar >> 12), tail(6), tail(0)]
    default: output += [UInt8(0xF0 | scalar >> 18), tail(12), tail(6), tail(0)]
    }
  }
}

extension SourceEncoding {
  /// By one of its usual names: `latin-1`, `cp1252`, `UTF8`.
  public init?(named name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
    case "utf16le": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "windows1252", "cp1252", "latin1", "iso88591": self = .windows1252
    default: return nil
    }
  }
}
