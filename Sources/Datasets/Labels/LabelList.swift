internal import Documents

/// The labels in a field, as the file writes them.
enum LabelList {
  /// The labels of a value: a name, a number, or a list of them.
  ///
  /// For a multi-label model, a text is a list: in the syntax of JSON or Python, or with separators
  /// between the names.
  /// - Parameter separator: the separator by the user's choice; nil for the first of `|`, `;` and
  ///   `,` that occurs.
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
      // Python writes ['a', 'b'] for ["a", "b"] in JSON.
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
