internal import Documents

/// The labels that a field holds, as the file writes them.
enum LabelList {
  /// Labels of a value: a name, a number, a list of them.
  ///
  /// A text is a list where the model knows several classes a text: as JSON or Python write lists,
  /// or with separators between the names.
  /// - Parameter separator: what the user says stands between labels; else the first that occurs
  ///   of `|`, `;` and `,`.
  static func labels(
    of value: JSON, isMultiLabel: Bool, separator: Character? = nil, isClass: (String) -> Bool
  ) -> [String] {
    switch value {
    case .array(let values): values.compactMap(text)
    case .string(let text) where isMultiLabel: split(text, separator: separator, isClass: isClass)
    default: text(value).map { $0.trimmingSpaces.isEmpty ? [] : [$0] } ?? []
    }
  }

  static func text(_ value: JSON) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    case .bool(let truth): truth ? "true" : "false"
    case .null, .float, .array, .object: nil
    }
  }

  private static func split(
    _ text: String, separator: Character?, isClass: (String) -> Bool
  ) -> [String] {
    let whole = text.trimmingSpaces
    if whole.isEmpty || isClass(whole) { return whole.isEmpty ? [] : [whole] }
    if whole.hasPrefix("["), whole.hasSuffix("]") {
      // Python writes ['a', 'b'] where JSON has ["a", "b"].
      for form in [whole, whole.replacing("'", with: "\"")] {
        if case .array(let values)? = try? JSON(Array(form.utf8)) {
          return values.compactMap(Self.text)
        }
      }
    }
    let separators: [Character] = separator.map { [$0] } ?? ["|", ";", ","]
    guard let used = separators.first(where: { whole.contains($0) }) else { return [whole] }
    return whole.split(separator: used).map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
  }
}
