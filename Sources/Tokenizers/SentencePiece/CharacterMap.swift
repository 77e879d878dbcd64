/// SentencePiece's precompiled character map: a double array trie (Darts) over UTF-8, and the texts
/// that its leaves point at.
struct CharacterMap: Sendable {
  private let units: [UInt32]
  /// Texts, each ended by a zero.
  private let texts: [UInt8]

  /// - Throws: `TokenizerFileError.badCharacterMap` where the bytes are no such map.
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
    // The longest that Unicode's compatibility mappings need is 33 bytes.
    let longest = texts.split(separator: 0).map(\.count).max() ?? 0
    guard longest < 256, String(validating: texts, as: UTF8.self) != nil else {
      throw TokenizerFileError.badCharacterMap(path: path)
    }
  }

  /// Calls back for each key that a text starts with, shortest first, with its length in bytes and
  /// where what it stands for is found.
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

  /// The text at a place, up to its end; nil where there is none.
  func text(at place: Int) -> String? {
    guard place < texts.count else { return nil }
    let end = texts[place...].firstIndex(of: 0) ?? texts.count
    return String(validating: texts[place..<end], as: UTF8.self)
  }

  /// What the shortest key that a text starts with stands for.
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
