internal import Reports

/// Writes values as parts of a query.
enum QueryText {
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"") + "\""
  }

  /// A pattern that matches only the whole word.
  static func pattern(word: String) -> String {
    let escaped = escaped(word)
    let isWord = word.first?.isLetter ?? false || word.first?.isNumber ?? false
    return isWord ? "\\b\(escaped)\\b" : escaped
  }

  /// The same for the words of a row's evidence, which are surrounded by spaces.
  static func evidencePattern(word: String) -> String { " \(escaped(word)) " }

  /// The same for the parts of a row's text, such as the groups of a molecule.
  static func partPattern(_ name: String) -> String { "; \(escaped(name)) ;" }

  private static func escaped(_ word: String) -> String {
    word.map { $0.isLetter || $0.isNumber || $0 == " " ? "\($0)" : "\\\($0)" }.joined()
  }

  static func bound(_ value: Double) -> String { Numerals.fixed(Float(value), 4) }
}
