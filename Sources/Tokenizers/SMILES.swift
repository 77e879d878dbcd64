/// Molecules as SMILES strings: an atom, a bond, a branch, a ring number is a token; `xxbos` in front.
///
/// `\[[^\]]+\]|Br|Cl|%\d\d|@@|[BCNOPSFIbcnops]|[0-9]|[()=#\-+\\/.~*:$@]` (after Schwaller et al. 2019,
/// doi:10.1021/acscentsci.9b00576). White space stands for nothing; any other scalar that the pattern
/// leaves out is an unknown token, so that it is seen that the model can't read it.
public struct SMILES: Tokenizer {
  private let ids: TokenIDs

  /// - Throws: `VocabularyError`.
  public init(vocabulary: [String]) throws {
    ids = try TokenIDs(vocabulary, requiring: [Self.frame], unknown: "xxunk")
  }

  public var vocabulary: [String] { ids.vocabulary }
  public var roles: TokenRoles { ids.roles }

  public func encode(_ text: String) -> Encoding {
    let scalars = MappedText(typed: text)[...]
    let lastBracket = scalars.lastIndex { $0.value == closingBracket } ?? -1
    var pieces = [
      Piece(
        text: Self.frame, id: ids.id(of: Self.frame), utf8Range: 0..<0, isSpecial: true,
        isFrame: true)
    ]
    var place = 0
    while place < scalars.endIndex {
      if scalars[place].isSpace {
        place += 1
        continue
      }
      let end = place + length(in: scalars, at: place, lastBracket: lastBracket)
      let token = scalars[place..<end]
      pieces.append(
        Piece(
          text: token.string, id: ids.id(of: token), utf8Range: token.source,
          word: pieces.count - 1))
      place = end
    }
    return Encoding(text: text, pieces: pieces)
  }

  public func encode(words: [String]) -> Encoding {
    ids.encode(words: words, frame: [Self.frame])
  }

  private static let frame = "xxbos"

  /// How many scalars the token at a place has.
  private func length(in text: MappedSlice, at place: Int, lastBracket: Int) -> Int {
    if text[place].value == openingBracket && place + 2 <= lastBracket {
      let end = text.end(from: place + 1) { $0.value != closingBracket }
      if end > place + 1 { return end + 1 - place }
    }
    let pairs = ["Br", "Cl", "@@"]
    if pairs.contains(where: { text.has($0, at: place) }) { return 2 }
    let isNumber =
      text[place].value == 0x25 && place + 2 < text.endIndex
      && text[place + 1].classes.contains(.digit) && text[place + 2].classes.contains(.digit)
    return isNumber ? 3 : 1
  }
}

private let openingBracket: UInt32 = 0x5B
private let closingBracket: UInt32 = 0x5D
