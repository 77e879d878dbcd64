/// Numbers the words of a text, so that pieces of one word share a number: `do` and `n't`, `10` and
/// `km`, and what `xxrep` split. A special token gets the number of the word that follows it.
struct WordCounter {
  private var word = -1
  /// The range of the last word, and whether a directly following piece may continue it.
  private var range = 0..<0
  private var endsInLetter = false
  /// Indices of special tokens that wait for their word.
  private var waiting: [Int] = []
  /// Special tokens of the last word, whose end is not known yet.
  private var pointed: [Int] = []

  /// - Parameter continues: whether the piece continues the last word; nil if the texts decide.
  mutating func add(
    _ piece: Piece, scalars: MappedSlice, continues: Bool? = nil, to pieces: inout [Piece]
  ) {
    var piece = piece
    if piece.isSpecial {
      if !piece.isFrame { waiting.append(pieces.count) }
    } else {
      if word < 0 || !(continues ?? continuesWord(piece.utf8Range, scalars)) {
        pointSpecials(in: &pieces)
        word += 1
        range = piece.utf8Range
      } else {
        range = range.lowerBound..<max(range.upperBound, piece.utf8Range.upperBound)
      }
      piece.word = word
      endsInLetter = scalars.last?.isWord ?? false
      for place in waiting { pieces[place].word = word }
      pointed += waiting
      waiting = []
    }
    pieces.append(piece)
  }

  /// Adds special tokens at the end of a text to the last word, if there is one.
  mutating func finish(_ pieces: inout [Piece]) {
    pointSpecials(in: &pieces)
    for place in waiting { pieces[place].word = max(0, word) }
    waiting = []
  }

  private mutating func pointSpecials(in pieces: inout [Piece]) {
    for place in pointed {
      let clamped = pieces[place].utf8Range.clamped(to: range)
      if !clamped.isEmpty { pieces[place].utf8Range = clamped }
    }
    pointed = []
  }

  /// Whether a letter directly follows a letter, or an apostrophe and a letter do: `'s`.
  private func continuesWord(_ next: Range<Int>, _ scalars: MappedSlice) -> Bool {
    guard word >= 0, let first = scalars.first else { return false }
    if next.lowerBound < range.upperBound { return true }
    guard next.lowerBound == range.upperBound, endsInLetter else { return false }
    if first.isWord { return true }
    let isApostrophe = first.value == 0x27 || first.value == 0x2019
    return isApostrophe && scalars.dropFirst().first?.isWord == true
  }
}
