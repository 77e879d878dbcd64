/// SentencePiece's precompiled character map: a double array trie (Darts) over UTF-8, and the
/// replacement texts that its leaves refer to.
struct CharacterMap: Sendable {
  private let units: [UInt32]
  /// Texts, each terminated by a zero.
  private let texts: [UInt8]

  /// - Throws: `TokenizerFileError.badCharacterMap` if the bytes are not such a map.
  init(_ bytes: [UInt8], path: String) throws {
    func unit(at offset: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
    guard bytes.count >= 4 else { throw TokenizerFileError.badCharacterMap(path: path) }
    let size = Int(unit(at: 0))
    guard size % 4 == 0, size >= 4, size <= bytes.count - 4 else {
      throw TokenizerFileError.badCharacterMap(path: path)
    }
    units = stride(from: 4, to: 4 + size, by: 4).map(unit)
    texts = Array(bytes[(4 + size)...])
    // The longest of Unicode's compatibility mappings takes 33 bytes.
    let longest = texts.split(separator: 0).map(\.count).max() ?? 0
    guard longest < 256, String(validating: texts, as: UTF8.self) != nil else {
      throw TokenizerFileError.badCharacterMap(path: path)
    }
  }

  /// Calls `body` for each key that is a prefix of the text, shortest first, with the key's length
  /// in bytes and the offset of its replacement.
  func forEachPrefix(
    of text: some Sequence<UInt8>, _ body: (_ length: Int, _ value: Int) -> Bool
  ) {
    var node = offset(of: units[0])
    var length = 0
    for byte in text {
      if byte == 0 { return }
      node ^= Int(byte)
      guard node < units.count, units[node] & 0x8000_00FF == UInt32(byte) else { return }
      let unit = units[node]
      node ^= offset(of: unit)
      length += 1
      if unit >> 8 & 1 == 1 {
        guard node < units.count else { return }
        if !body(length, Int(units[node] & 0x7FFF_FFFF)) { return }
      }
    }
  }

  /// The text at an offset; nil if there is none.
  func text(at place: Int) -> String? {
    guard place < texts.count else { return nil }
    let end = texts[place...].firstIndex(of: 0) ?? texts.count
    return String(validating: texts[place..<end], as: UTF8.self)
  }

  /// The replacement of the shortest key that is a prefix of the text.
  func shortestMatch(_ text: some Sequence<UInt8>) -> String? {
    var found: Int?
    forEachPrefix(of: text) { _, value in
      found = value
      return false
    }
    return found.flatMap(text(at:))
  }

  private func offset(of unit: UInt32) -> Int {
    Int((unit >> 10) << ((unit & (1 << 9)) >> 6))
  }
}
