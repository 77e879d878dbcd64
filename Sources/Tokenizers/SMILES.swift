/// Finds the tokens of a SMILES string: atoms, bonds, branches and ring numbers.
enum SMILES {
  /// See `Splitting.Method.smiles`.
  static func tokens(of text: MappedText) -> [Range<Int>] {
    let lastBracket = text.lastIndex { $0.value == closingBracket } ?? -1
    var tokens: [Range<Int>] = []
    var place = 0
    while place < text.count {
      // A rule may have inserted a word that the pattern would skip.
      let isNothing = text[place].isInserted && !isSymbol(text[place].value)
      if text[place].isSpace || isNothing {
        place += 1
        continue
      }
      let end = place + length(in: text[...], at: place, lastBracket: lastBracket)
      tokens.append(place..<end)
      place = end
    }
    return tokens
  }

  /// See `Splitting.Method.smilesCharacters`.
  static func characters(of text: MappedText, longestBracket: Int) -> [Range<Int>] {
    var tokens: [Range<Int>] = []
    var place = 0
    while place < text.count {
      var end = place + 1
      if text[place].value == openingBracket {
        let inner = text[..<min(text.count, place + longestBracket + 2)]
        let close = inner.end(from: place + 1) {
          $0.value != closingBracket && $0.value != openingBracket
        }
        let isWhole = close < inner.endIndex && inner[close].value == closingBracket
        if isWhole, close > place + 1 { end = close + 1 }
      } else if ["Br", "Cl"].contains(where: { text[...].has($0, at: place) }) {
        end = place + 2
      }
      tokens.append(place..<end)
      place = end
    }
    return tokens
  }

  /// The length of the token at a place, in scalars.
  private static func length(in text: MappedSlice, at place: Int, lastBracket: Int) -> Int {
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

  private static let symbols = Set(
    "BCNOPSFIbcnops0123456789()=#-+\\/.~*:$@[%".unicodeScalars.map(\.value))

  private static func isSymbol(_ value: UInt32) -> Bool { symbols.contains(value) }
}

private let openingBracket: UInt32 = 0x5B
private let closingBracket: UInt32 = 0x5D
