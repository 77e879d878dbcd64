import Tokenizers

/// What any encoding of a text must keep, as a list of what this one breaks.
func brokenLaws(of encoding: Encoding) -> [String] {
  let bytes = encoding.text.utf8
  func isBoundary(_ offset: Int) -> Bool {
    guard offset <= bytes.count else { return false }
    let index = bytes.index(bytes.startIndex, offsetBy: offset)
    return index.samePosition(in: encoding.text.unicodeScalars) != nil
  }
  var broken: [String] = []
  var (lastStart, lastWord) = (0, 0)
  for piece in encoding.pieces {
    let range = piece.utf8Range
    if !isBoundary(range.lowerBound) || !isBoundary(range.upperBound) {
      broken.append("\(piece) is not between scalars")
    }
    if piece.isFrame != (piece.word == nil) { broken.append("\(piece) has no word or frames one") }
    if piece.isFrame && (!piece.isSpecial || !range.isEmpty) {
      broken.append("\(piece) frames the text and covers some of it")
    }
    if !piece.isSpecial {
      if range.lowerBound < lastStart { broken.append("\(piece) goes back to before \(lastStart)") }
      // What was put in front of a word, as the prefix space of GPT-2, covers nothing of it.
      if !range.isEmpty { lastStart = range.lowerBound }
    }
    if let word = piece.word {
      if word < lastWord || word > lastWord + 1 {
        broken.append("\(piece) does not count words from \(lastWord)")
      }
      lastWord = word
    }
  }
  return broken
}

/// Text by scalars: `String ==` can't tell NFC from NFD.
func areSame(_ a: [String], _ b: [String]) -> Bool {
  a.map { $0.unicodeScalars.map(\.value) } == b.map { $0.unicodeScalars.map(\.value) }
}
