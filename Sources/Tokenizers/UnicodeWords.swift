/// Words by Unicode's default rules, for models that do not say how they split texts.
///
/// A word is a run of letters, digits and connectors, with apostrophes or points inside (`can't`,
/// `3.14`, `1,000`). An ideograph or a hiragana sign is a word, and so is any other character that
/// is not white space. Source: Unicode Standard Annex 29, "Default Word Boundaries". Scripts
/// without spaces (Thai, Lao …), which the annex leaves to dictionaries, stay in runs.
public enum UnicodeWords {
  /// The words in order, in UTF-8 offsets; only white space lies between them. Takes linear time.
  public static func ranges(of text: String) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var characters = text.makeIterator()
    var current = characters.next()
    var following = characters.next()
    var place = 0
    /// Where the current word starts; nil between words.
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
      // After a point inside a word, the kind before the point decides whether the word goes on.
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
    /// Part of a word if both neighbours are of that kind.
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
