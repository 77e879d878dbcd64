internal import CTokenizerData

/// The classes of a Unicode scalar that components of Hugging Face's tokenizers test. Each
/// component has its own version of Unicode, so each has its own bits.
struct ScalarFacts: Sendable {
  private let bits: UInt32

  init(of scalar: UInt32) {
    bits = unicode_facts(scalar)
  }

  func has(_ facts: UInt32) -> Bool { bits & facts != 0 }

  /// Oniguruma's general category, in the order of `GeneralCategories`.
  var category: UInt32 { bits & 31 }
  /// Canonical combining class, 0 for starters.
  var combiningClass: UInt32 { bits >> 24 }

  // Oniguruma's `\w`, `\s`, `\d` and POSIX brackets.
  static let regexWord: UInt32 = 1 << 5
  static let regexSpace: UInt32 = 1 << 6
  static let regexDigit: UInt32 = 1 << 7
  static let regexAlpha: UInt32 = 1 << 8
  static let regexUpper: UInt32 = 1 << 9
  static let regexLower: UInt32 = 1 << 10
  static let regexPunctuation: UInt32 = 1 << 11
  // Rust's `char::is_whitespace`, `char::is_numeric`, and the regex crate's `\w`.
  static let space: UInt32 = 1 << 12
  static let numeric: UInt32 = 1 << 13
  static let word: UInt32 = 1 << 14
  // The crate unicode_categories: other, punctuation (including ASCII's), nonspacing marks.
  static let other: UInt32 = 1 << 15
  static let punctuation: UInt32 = 1 << 16
  static let nonspacingMark: UInt32 = 1 << 17
  // The crate unicode-normalization: any mark.
  static let mark: UInt32 = 1 << 18
}

/// The lower case of a scalar in Rust: one scalar, except for U+0130.
func smallLetters(of scalar: UInt32) -> (first: UInt32, second: UInt32?) {
  scalar == 0x130 ? (0x69, 0x307) : (unicode_small_letter(scalar), nil)
}

/// The number of a script in the pre-tokenizer UnicodeScripts; 0 goes with any.
func splitScript(of scalar: UInt32) -> UInt8 { unicode_split_script(scalar) }

/// From 1, in the order of `scriptNames`.
func regexScript(of scalar: UInt32) -> UInt8 { unicode_regex_script(scalar) }
