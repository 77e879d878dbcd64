internal import CTokenizerData

/// The classes of a Unicode scalar that Python's `re` and spaCy's patterns test. Python 3.11,
/// Unicode 14.
struct CharacterClasses: OptionSet, Sendable {
  let rawValue: UInt16

  /// `\w`, `\s`, `\d`.
  static let word = CharacterClasses(rawValue: 1 << 0)
  static let space = CharacterClasses(rawValue: 1 << 1)
  static let digit = CharacterClasses(rawValue: 1 << 2)
  /// spaCy's ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ICONS, LIST_CURRENCY.
  static let alpha = CharacterClasses(rawValue: 1 << 3)
  static let lowerAlpha = CharacterClasses(rawValue: 1 << 4)
  static let upperAlpha = CharacterClasses(rawValue: 1 << 5)
  static let quote = CharacterClasses(rawValue: 1 << 6)
  static let icon = CharacterClasses(rawValue: 1 << 7)
  /// Split off at the start or the end of a word when it stands alone.
  static let prefix = CharacterClasses(rawValue: 1 << 8)
  static let suffix = CharacterClasses(rawValue: 1 << 9)
  /// A full stop that follows it is split off.
  static let beforeFinalDot = CharacterClasses(rawValue: 1 << 11)
  /// `str.lower()` changes it.
  static let hasLowercase = CharacterClasses(rawValue: 1 << 12)
  /// The classes that decide whether a sigma is final.
  static let cased = CharacterClasses(rawValue: 1 << 13)
  static let caseIgnorable = CharacterClasses(rawValue: 1 << 14)

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  init(of scalar: UInt32) {
    self.init(rawValue: tokenizer_character_classes(scalar))
  }
}

extension MappedScalar {
  /// Ignores U+0130, whose lower case is two scalars, and the final sigma.
  var lowercase: UInt32 { tokenizer_lowercase(value) }
}
