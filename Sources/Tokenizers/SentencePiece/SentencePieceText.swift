/// A text as SentencePiece normalizes it before segmentation; each scalar knows the byte of the
/// typed text that it comes from.
struct SentencePieceText {
  /// Only `start` is used: the range of a scalar ends where the next one starts.
  private(set) var scalars: [AlignedScalar] = []
  /// How much of the text lies before the end of the last scalar.
  private(set) var consumed = 0

  static let spaceSymbol: UInt32 = 0x2581

  /// The range of the typed text for a range of scalars.
  func typedRange(_ range: Range<Int>) -> Range<Int> {
    let start = offset(range.lowerBound)
    return start..<max(start, offset(range.upperBound))
  }

  private func offset(_ place: Int) -> Int {
    place < scalars.count ? Int(scalars[place].start) : consumed
  }

  /// - Parameter symbols: user-defined pieces, which are not normalized.
  init(_ text: String, _ model: SentencePieceModel, symbols: TokenTable) {
    let typed = AlignedText(typed: text).scalars
    if typed.isEmpty { return }
    let reader = PrefixReader(typed: typed, map: model.characterMap, symbols: symbols)
    var place = 0
    let strips = model.removesExtraSpaces
    if strips {
      while place < typed.count, case let next = reader.prefix(at: place), next.isSpace {
        place = next.end
      }
      if place == typed.count { return }
    }
    consumed = Int(typed.count > place ? typed[place].start : 0)
    if !model.spaceIsSuffix, model.addsDummyPrefix { add(0x20, model) }
    var followsSpace = strips
    while place < typed.count {
      let next = reader.prefix(at: place)
      var values = next.values[...]
      while followsSpace, values.first == 0x20 { values.removeFirst() }
      for value in values { add(value, model) }
      if let last = values.last { followsSpace = last == 0x20 }
      if !strips { followsSpace = false }
      place = next.end
      consumed = Int(typed[place - 1].end)
    }
    let space: UInt32 = model.escapesSpaces ? Self.spaceSymbol : 0x20
    while strips, let last = scalars.last, last.value == space {
      consumed = Int(last.start)
      scalars.removeLast()
    }
    if model.spaceIsSuffix, model.addsDummyPrefix { add(0x20, model) }
  }

  private mutating func add(_ value: UInt32, _ model: SentencePieceModel) {
    let offset = UInt32(clamping: consumed)
    let escaped = model.escapesSpaces && value == 0x20 ? Self.spaceSymbol : value
    scalars.append(AlignedScalar(value: escaped, start: offset, end: offset))
  }
}

/// The normalization of the text's next prefix: the longest matching key of the character map, a
/// user-defined symbol, or one scalar.
private struct PrefixReader {
  let typed: [AlignedScalar]
  let map: CharacterMap?
  let symbols: TokenTable

  struct Prefix {
    var values: [UInt32]
    var end: Int
    var isSpace: Bool { values == [0x20] }
  }

  func prefix(at place: Int) -> Prefix {
    if symbols.count > 0, let end = symbol(at: place) {
      return Prefix(values: typed[place..<end].map(\.value), end: end)
    }
    if let map, let (end, text) = longestKey(at: place, map) {
      return Prefix(values: text, end: end)
    }
    return Prefix(values: [typed[place].value], end: place + 1)
  }

  private func symbol(at place: Int) -> Int? {
    var longest: Int?
    symbols.forEachPrefix(of: typed[place...]) { end, _ in longest = end }
    return longest
  }

  private func longestKey(at place: Int, _ map: CharacterMap) -> (end: Int, text: [UInt32])? {
    // No key is longer.
    let bytes = typed[place...].prefix(32).lazy.flatMap { utf8Bytes(of: $0.value) }
    var longest: (length: Int, value: Int)?
    map.forEachPrefix(of: bytes) { length, value in
      longest = (length, value)
      return true
    }
    guard let longest, let text = map.text(at: longest.value) else { return nil }
    var (end, length) = (place, 0)
    while end < typed.count, length < longest.length {
      length += Int(typed[end].end - typed[end].start)
      end += 1
    }
    return length == longest.length ? (end, text.scalarValues) : nil
  }
}
