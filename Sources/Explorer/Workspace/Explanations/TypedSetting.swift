internal import Attribution

/// `samples 512`, as it is typed; without a value it is the method's own again.
struct TypedSetting: Sendable, Equatable {
  var setting: ExplainerSetting
  var value: String?
  /// A value was typed, be it `default`.
  let isWhole: Bool

  /// - Parameters:
  ///   - text: the name and the value with a space or `=` between them, `--` or `set` before them if
  ///     one likes.
  ///   - settings: what can be set.
  /// - Returns: nil for what names no setting.
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
    isWhole = value != nil
  }
}
