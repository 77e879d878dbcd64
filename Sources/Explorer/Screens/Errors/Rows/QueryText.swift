internal import Reports

/// Values as parts of a query.
enum QueryText {
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"") + "\""
  }

  /// A word as a pattern for itself alone.
  static func pattern(word: String) -> String {
    let escaped = escaped(word)
    let isWord = word.first?.isLetter ?? false || word.first?.isNumber ?? false
    return isWord ? "\\b\(escaped)\\b" : escaped
  }

  /// The same within the words of a row's evidence, which stand between spaces.
  static func evidencePattern(word: String) -> String { " \(escaped(word)) " }

  /// The same among the parts of a row's text, as the groups of a molecule are.
  static func partPattern(_ name: String) -> String { "; \(escaped(name)) ;" }

  private static func escaped(_ word: String) -> String {
    word.map { $0.isLetter || $0.isNumber || $0 == " " ? "\($0)" : "\\\($0)" }.joined()
  }

  static func bound(_ value: Double) -> String { Numerals.fixed(Float(value), 4) }
}
