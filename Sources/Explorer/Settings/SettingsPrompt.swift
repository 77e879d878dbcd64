internal import Attribution
internal import TerminalUI

/// Asks how explanations are computed: `samples 512`, by the names of `explain`'s options.
struct SettingsPrompt: Sendable {
  var field = TextEditor(isSingleLine: true)
  /// The selected line; nil where Enter means the field.
  var selected: Int?
  /// Why what was typed can't be, as a sentence; nil once it is edited.
  var problem: String?

  init(_ text: String = "", isPlain: Bool = false) {
    field = TextEditor(text, isSingleLine: true, isPlain: isPlain)
  }

  /// What begins like the first word of the field.
  var lines: [ExplainerSetting] {
    let name = field.text.split(separator: " ").first.map(String.init) ?? ""
    let found = ExplainerSetting.allCases.filter { $0.rawValue.hasPrefix(name.lowercased()) }
    return found.isEmpty ? ExplainerSetting.allCases : found
  }

  /// Tab: the selected line's name, or the first one's, with the space before its value.
  mutating func complete() {
    guard let setting = lines.element(at: selected ?? 0) else { return }
    fill(setting)
  }

  mutating func fill(_ setting: ExplainerSetting) {
    field = TextEditor(setting.rawValue + " ", isSingleLine: true)
    (selected, problem) = (nil, nil)
  }
}

/// `samples 512`, as it is typed; without a value it is the method's own again.
struct TypedSetting: Sendable, Equatable {
  var setting: ExplainerSetting
  var value: String?
  /// A value was typed, be it `default`.
  let isWhole: Bool

  /// - Parameter text: the name and the value with a space or `=` between them, `--` or `set` before
  ///   them if one likes.
  /// - Returns: nil for what names no setting.
  init?(_ text: String) {
    var words = text.split { $0 == " " || $0 == "=" }.map(String.init)
    if words.first == "set" { words.removeFirst() }
    guard let first = words.first else { return nil }
    let name = first.hasPrefix("--") ? String(first.dropFirst(2)) : first
    guard let setting = ExplainerSetting(rawValue: name.lowercased()), words.count <= 2 else {
      return nil
    }
    self.setting = setting
    let value = words.count == 2 ? words[1] : nil
    self.value = value == "default" ? nil : value
    isWhole = value != nil
  }
}
