public import Tokenizers

/// The words of a text for an external program: its own tokens if it gives them, otherwise
/// Unicode's words.
public struct ExternalTokenizer: Tokenizer {
  private let process: ExternalProcess

  public init(_ process: ExternalProcess) { self.process = process }

  /// Both texts of a pair are split into Unicode's words. A separator that no explainer removes
  /// lies between them, so that a pair without its second text is still a pair.
  public func encode(_ text: String, pair: String?) -> Encoding {
    guard let pair else { return encodeAlone(text) }
    func encoding(_ text: String) -> Encoding {
      Encoding(
        text: text, pieces: pieces(of: text, ranges: UnicodeWords.ranges(of: text), tokens: nil))
    }
    var second = encoding(pair)
    second.pieces.insert(
      Piece(
        text: "|", id: process.words.id(of: ExternalWords.separator), utf8Range: 0..<0,
        isSpecial: true, isFrame: true), at: 0)
    return encoding(text).followed(by: second)
  }

  private func encodeAlone(_ text: String) -> Encoding {
    var encoding = Encoding(text: text, pieces: [])
    let answer = process.readTokens(of: text) { tokens in
      encoding.pieces = pieces(of: text, ranges: ranges(of: tokens, in: text), tokens: tokens)
      return encoding.ids
    }
    if let answer {
      encoding.truncation = answer.truncation?.placed(in: encoding)
    } else {
      encoding.pieces = pieces(of: text, ranges: UnicodeWords.ranges(of: text), tokens: nil)
    }
    return encoding
  }

  public func encode(words: [String]) -> Encoding {
    var start = 0
    let pieces = words.enumerated().map { index, word in
      let end = start + word.utf8.count
      defer { start = end + 1 }
      let id = process.words.id(
        of: .init(text: word, before: index == 0 ? "" : " ", isFirst: index == 0, token: word))
      return Piece(text: word, id: id, utf8Range: start..<end, word: index)
    }
    return Encoding(text: words.joined(separator: " "), pieces: pieces)
  }

  public var readsPairs: Bool { process.greeting.takesPairs }

  public var vocabulary: [String] { process.words.vocabulary }
  public var roles: TokenRoles {
    TokenRoles(unknown: process.words.unknown, mask: process.words.mask)
  }

  private func pieces(
    of text: String, ranges: [Range<Int>], tokens: [ExternalToken]?
  ) -> [Piece] {
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var end = 0
    var word = -1
    for (index, range) in ranges.enumerated() {
      // The program may skip text between its tokens.
      let before = String(decoding: bytes[end..<max(end, range.lowerBound)], as: UTF8.self)
      let after =
        index == ranges.count - 1
        ? String(decoding: bytes[max(end, range.upperBound)...], as: UTF8.self) : ""
      let own = String(
        decoding: bytes[max(end, range.lowerBound)..<max(end, range.upperBound)], as: UTF8.self)
      let token = tokens?[index].text
      let isSpecial = range.isEmpty
      if !isSpecial, word < 0 || !before.isEmpty || tokens == nil { word += 1 }
      let id = process.words.id(
        of: .init(text: own, before: before, after: after, isFirst: index == 0, token: token))
      pieces.append(
        Piece(
          text: token ?? own, id: id, utf8Range: range, isSpecial: isSpecial, isFrame: isSpecial,
          word: isSpecial ? nil : word))
      end = max(end, range.upperBound)
    }
    return pieces
  }

  /// The range of each token in bytes: given by the program, or the next occurrence in the text. A
  /// token that does not occur has an empty range.
  private func ranges(of tokens: [ExternalToken], in text: String) -> [Range<Int>] {
    var starts = [0]
    for scalar in text.unicodeScalars { starts.append((starts.last ?? 0) + UTF8.width(scalar)) }
    let bytes = Array(text.utf8)
    var place = 0
    return tokens.map { token in
      var range = place..<place
      if let offsets = token.offsets {
        let most = starts.count - 1
        let found = starts[min(offsets.lowerBound, most)]..<starts[min(offsets.upperBound, most)]
        if found.lowerBound >= place { range = found }
      } else if let found = self.place(of: bareBytes(token.text), in: bytes, from: place) {
        range = found
      }
      place = max(place, range.upperBound)
      return range
    }
  }

  /// Without the marks of word pieces.
  private func bareBytes(_ token: String) -> [UInt8] {
    for mark in ["##", "▁", "Ġ"] where token.hasPrefix(mark) && token.count > mark.count {
      return Array(token.dropFirst(mark.count).utf8)
    }
    return token.hasSuffix("</w>") ? Array(token.dropLast(4).utf8) : Array(token.utf8)
  }

  /// Ignores case in ASCII, because a program may lowercase its text.
  private func place(of token: [UInt8], in text: [UInt8], from start: Int) -> Range<Int>? {
    guard !token.isEmpty, token.count <= text.count else { return nil }
    // Searches only a few words ahead, so that a token that does not occur does not skip the text.
    let last = min(text.count - token.count, start + 64)
    guard start <= last else { return nil }
    for place in start...last {
      let isHere = zip(token, text[place...]).allSatisfy { $0.lowered == $1.lowered }
      if isHere { return place..<place + token.count }
    }
    return nil
  }
}

extension Truncation {
  /// With the range that was cut off, if the program's tokens tell: they are either those that it
  /// read or all of them.
  fileprivate func placed(in encoding: Encoding) -> Truncation {
    var placed = self
    let taken: ArraySlice<Piece>
    switch encoding.pieces.count {
    case read: taken = encoding.pieces[...]
    case tokens:
      taken = side == .right ? encoding.pieces.prefix(read) : encoding.pieces.suffix(read)
    default: return placed
    }
    let ranges = taken.map(\.utf8Range).filter { !$0.isEmpty }
    let end = encoding.text.utf8.count
    placed.utf8Range =
      side == .right
      ? (ranges.last?.upperBound ?? 0)..<end : 0..<(ranges.first?.lowerBound ?? end)
    return placed
  }
}

extension UInt8 {
  fileprivate var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
