internal import Tokenizers

/// The units that perturbation methods remove: sets of token indices without frame tokens, in the
/// order of each unit's first token.
extension Encoding {
  func units(by grouping: ExplainerOptions.Grouping) -> [[Int]] {
    switch grouping {
    case .token: groups(by: .token).filter { !$0.isFrame }.map(\.pieces)
    case .word: groups(by: .word).filter { !$0.isFrame }.map(\.pieces)
    case .sentence: groups(by: .sentence).filter { !$0.isFrame }.map(\.pieces)
    case .phrase: phrases
    case .occurrences: occurrences
    }
  }

  /// The words up to a punctuation mark, including the mark.
  private var phrases: [[Int]] {
    var phrases: [[Int]] = []
    var isOpen = false
    for word in units(by: .word) {
      let isMark = word.allSatisfy { index in
        !pieces[index].text.isEmpty
          && pieces[index].text.unicodeScalars.allSatisfy(\.properties.isPunctuation)
      }
      if isOpen || (isMark && !phrases.isEmpty) {
        phrases[phrases.count - 1] += word
      } else {
        phrases.append(word)
      }
      isOpen = !isMark
    }
    return phrases
  }

  /// All occurrences of a word together: the same tokens, whatever capital marks precede them.
  private var occurrences: [[Int]] {
    var units: [[Int]] = []
    var unitOfWord: [[Int]: Int] = [:]
    for word in self.units(by: .word) {
      let own = word.filter { !pieces[$0].isSpecial }
      let key = (own.isEmpty ? word : own).map { pieces[$0].id }
      if let unit = unitOfWord[key] {
        units[unit] += word
      } else {
        unitOfWord[key] = units.count
        units.append(word)
      }
    }
    return units
  }
}

extension ExplainerOptions.Grouping {
  /// The grouping for units by which scores are summed.
  init(_ unit: ScoreUnit) {
    switch unit {
    case .token: self = .token
    case .word: self = .word
    case .sentence: self = .sentence
    }
  }
}

extension Unicode.Scalar.Properties {
  /// The general categories P* of Unicode.
  fileprivate var isPunctuation: Bool {
    switch generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
