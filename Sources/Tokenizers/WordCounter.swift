/// Gives the pieces of one word of the text the same number: `do` and `n't`, `10` and `km`, and what
/// `xxrep` tore apart; a special token goes with the word that follows it, and points at no more.
struct WordCounter {
  private var word = -1
  /// What the last word covers so far, and whether more may follow directly.
  private var range = 0..<0
  private var endsInLetter = false
  /// Special tokens that wait for their word, as places in the pieces.
  private var waiting: [Int] = []
  /// Special tokens of the last word, whose end is not known yet.
  private var pointed: [Int] = []

  /// - Parameter continues: whether the piece is of the same word as the last, where that is known.
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

  /// Special tokens at the end of a text go with the last word, if there is one.
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

  /// A letter directly after a letter, or after it an apostrophe with a letter: `'s`.
  private func continuesWord(_ next: Range<Int>, _ scalars: MappedSlice) -> Bool {
    guard word >= 0, let first = scalars.first else { return false }
    if next.lowerBound < range.upperBound { return true }
    guard next.lowerBound == range.upperBound, endsInLetter else { return false }
    if first.isWord { return true }
    let isApostrophe = first.value == 0x27 || first.value == 0x2019
    return isApostrophe && scalars.dropFirst().first?.isWord == true
  }
}
