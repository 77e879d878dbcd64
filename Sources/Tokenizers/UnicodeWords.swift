/// Words as Unicode's default rules find them, for texts whose model does not say how it splits.
///
/// A word is a run of letters, digits and connectors, with an apostrophe or a point inside (`can't`,
/// `3.14`, `1,000`); an ideograph or a sign of hiragana is a word; so is any other character that is
/// no white space. Source: Unicode Standard Annex 29, "Default Word Boundaries"; scripts without
/// spaces (Thai, Lao …), which the annex leaves to dictionaries, stay in runs.
public enum UnicodeWords {
  /// In UTF-8 offsets, in order; what is between them is white space. Linear in the text.
  public static func ranges(of text: String) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var characters = text.makeIterator()
    var current = characters.next()
    var following = characters.next()
    var place = 0
    /// Of the word that is being read, nil where there is none.
    var start: Int?
    var previous = Kind.space

    func step() {
      place += current?.utf8.count ?? 0
      current = following
      following = characters.next()
    }

    while let character = current {
      let kind = Kind(character)
      let joins: Bool
      switch kind {
      case .letter, .digit: joins = previous == .letter || previous == .digit
      case .middle(let ofLetters, let ofDigits):
        let next = following.map { Kind($0) }
        joins =
          ofLetters && previous == .letter && next == .letter
          || ofDigits && previous == .digit && next == .digit
      case .space, .single: joins = false
      }
      if let open = start, !joins {
        words.append(open..<place)
        start = nil
      }
      if kind != .space, !joins { start = place }
      step()
      // A point inside a word is not what follows, but what the word goes on from.
      if case .middle = kind, joins { continue }
      if kind == .letter || kind == .digit {
        previous = kind
      } else {
        if let open = start { words.append(open..<place) }
        start = nil
        previous = .space
      }
    }
    if let open = start { words.append(open..<place) }
    return words
  }

  private enum Kind: Equatable {
    case space, letter, digit
    /// Belongs to a word where both neighbours are such.
    case middle(ofLetters: Bool, ofDigits: Bool)
    case single

    init(_ character: Character) {
      guard let first = character.unicodeScalars.first else {
        self = .space
        return
      }
      let properties = first.properties
      if character.isWhitespace {
        self = .space
      } else if properties.isIdeographic || (0x3040...0x309F).contains(first.value) {
        self = .single
      } else if properties.generalCategory == .decimalNumber {
        self = .digit
      } else if properties.isAlphabetic || properties.generalCategory == .connectorPunctuation {
        self = .letter
      } else {
        switch character {
        case "'", ".", "’", "․": self = .middle(ofLetters: true, ofDigits: true)
        case "·": self = .middle(ofLetters: true, ofDigits: false)
        case ",", ";", "٬": self = .middle(ofLetters: false, ofDigits: true)
        default: self = .single
        }
      }
    }
  }
}
