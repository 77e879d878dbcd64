/// A token that is found verbatim in the text, before the model splits it.
struct AddedToken: Sendable {
  var content: String
  var id: Int
  /// Only if no word character touches it.
  var isSingleWord = false
  /// It includes the white space before it, or after it.
  var stripsLeft = false
  var stripsRight = false
  /// Searched for in the normalized text; nil if the file does not say.
  var normalized: Bool?
  /// Special, such as `[CLS]`.
  var isSpecial = false

  var isNormalized: Bool { normalized ?? !isSpecial }
}

extension AddedToken: Hashable {
  /// Whether both are searched for in the same way; ids are ignored. Compared by scalars: a String
  /// does not tell NFC from NFD.
  static func == (a: AddedToken, b: AddedToken) -> Bool {
    a.content.unicodeScalars.elementsEqual(b.content.unicodeScalars)
      && a.isSingleWord == b.isSingleWord && a.stripsLeft == b.stripsLeft
      && a.stripsRight == b.stripsRight && a.isNormalized == b.isNormalized
      && a.isSpecial == b.isSpecial
  }

  func hash(into hasher: inout Hasher) {
    for scalar in content.unicodeScalars { hasher.combine(scalar) }
  }
}

/// All added tokens of a tokenizer. The leftmost match is taken, and the longest of those that
/// start there.
struct AddedTokens: Sendable {
  private let typed: Finder
  private let normalized: Finder

  /// - Parameter splitsSpecial: treat special tokens in a text like any other text.
  init(_ tokens: [AddedToken], normalizer: (any Normalizer)?, splitsSpecial: Bool = false) {
    func finder(_ entries: [(pattern: String, token: AddedToken)]) -> Finder {
      Finder(entries, splitsSpecial: splitsSpecial)
    }
    typed = finder(tokens.filter { !$0.isNormalized }.map { ($0.content, $0) })
    // The tokens share the room by which a text may grow.
    var room = AlignedText.room(for: 0)
    normalized = finder(
      tokens.filter(\.isNormalized).map { token in
        var text = AlignedText(typed: token.content, room: room)
        let count = text.scalars.count
        normalizer?.normalize(&text)
        room = max(0, room - max(0, text.scalars.count - count))
        return (String(scalarValues: text.scalars.map(\.value)), token)
      })
  }

  /// Finds tokens in the typed text, normalizes the text between them, and finds tokens in that.
  func split(_ text: String, normalizer: (any Normalizer)?) -> SplitText {
    let scalars = AlignedText(typed: text).scalars
    var room = AlignedText.room(for: scalars.count)
    var result = SplitText(growthLimit: scalars.count + room)
    for split in typed.splits(of: scalars[...]) where !split.range.isEmpty {
      var part = AlignedText(Array(scalars[split.range]), room: room)
      let start = result.scalars.count
      if let token = split.token {
        result.scalars += part.scalars
        result.splits.append(.init(range: start..<result.scalars.count, token: token))
        continue
      }
      normalizer?.normalize(&part)
      room = max(0, room - max(0, part.scalars.count - split.range.count))
      result.scalars += part.scalars
      result.splits += normalized.splits(of: result.scalars[start...]).filter {
        !$0.range.isEmpty
      }
    }
    return result
  }
}

/// Finds one set of added tokens.
private struct Finder: Sendable {
  private let tokens: [AddedToken]
  /// Positions in `tokens` by content.
  private let table: TokenTable
  private let firsts: Set<UInt32>
  /// The ASCII scalars with which a token starts.
  private let asciiFirsts: [Bool]
  private let splitsSpecial: Bool

  init(_ entries: [(pattern: String, token: AddedToken)], splitsSpecial: Bool) {
    self.splitsSpecial = splitsSpecial
    let entries = entries.filter { !$0.pattern.isEmpty }
    tokens = entries.map(\.token)
    table = TokenTable(
      entries.enumerated().map { (token: $1.pattern, id: $0) }, findsPrefixes: true)
    let firsts = Set(entries.compactMap { $0.pattern.unicodeScalars.first?.value })
    self.firsts = firsts
    asciiFirsts = (UInt32(0)..<128).map(firsts.contains)
  }

  func splits(of text: ArraySlice<AlignedScalar>) -> [SplitText.Split] {
    var splits: [SplitText.Split] = []
    var covered = text.startIndex
    var place = text.startIndex
    while !tokens.isEmpty, place < text.endIndex {
      guard mayStart(text[place].value), let (end, token) = longest(text[place...]) else {
        place += 1
        continue
      }
      let found = place..<end
      place = end
      if splitsSpecial, token.isSpecial { continue }
      if token.isSingleWord, touchesWord(found, text) { continue }
      var (start, stop) = (found.lowerBound, found.upperBound)
      if token.stripsLeft {
        while start > covered, isSpace(text[start - 1]) { start -= 1 }
        start = max(start, covered)
      }
      if token.stripsRight {
        // A token inside white space that another token already covers takes the rest of that white
        // space.
        stop = max(stop, covered)
        while stop < text.endIndex, isSpace(text[stop]) { stop += 1 }
      }
      // The white space that one token took on its right may be the start of the next.
      if stop <= start { continue }
      if covered < start { splits.append(.init(range: covered..<start)) }
      splits.append(.init(range: start..<stop, token: Int32(truncatingIfNeeded: token.id)))
      covered = stop
    }
    if covered < text.endIndex { splits.append(.init(range: covered..<text.endIndex)) }
    return splits
  }

  @inline(__always)
  private func mayStart(_ scalar: UInt32) -> Bool {
    scalar < 128 ? asciiFirsts[Int(scalar)] : firsts.contains(scalar)
  }

  private func longest(
    _ text: ArraySlice<AlignedScalar>
  ) -> (end: Int, token: AddedToken)? {
    var found: (end: Int, token: AddedToken)?
    table.forEachPrefix(of: text) { end, position in
      found = (end, tokens[Int(position)])
    }
    return found
  }

  private func touchesWord(_ range: Range<Int>, _ text: ArraySlice<AlignedScalar>) -> Bool {
    func isWord(_ place: Int) -> Bool {
      text.indices.contains(place) && ScalarFacts(of: text[place].value).has(ScalarFacts.word)
    }
    return isWord(range.lowerBound - 1) || isWord(range.upperBound)
  }

  private func isSpace(_ scalar: AlignedScalar) -> Bool {
    ScalarFacts(of: scalar.value).has(ScalarFacts.space)
  }
}
