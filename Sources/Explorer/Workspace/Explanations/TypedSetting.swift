internal import Attribution

/// An option as it is typed: `samples 512`; without a value, the method's default.
struct TypedSetting: Sendable, Equatable {
  var setting: ExplainerSetting
  var value: String?
  /// Whether a value was typed, including `default`.
  let hasValue: Bool

  /// - Parameters:
  ///   - text: the name and the value separated by a space or `=`, optionally preceded by `--` or
  ///     `set`.
  ///   - settings: the available options.
  /// - Returns: nil if the text names no option.
  init?(_ text: String, among settings: [ExplainerSetting]) {
    var words = text.split { $0 == " " || $0 == "=" }.map(String.init)
    if words.first == "set" { words.removeFirst() }
    guard let first = words.first else { return nil }
    let name = first.hasPrefix("--") ? String(first.dropFirst(2)) : first
    guard let setting = settings.first(where: { $0.name == name.lowercased() }), words.count <= 2
    else { return nil }
    self.setting = setting
    let value = words.count == 2 ? words[1] : nil
    self.value = value == "default" ? nil : value
    hasValue = value != nil
  }
}
