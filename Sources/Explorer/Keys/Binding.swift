public import TerminalUI

/// A line of the key table: what is pressed where, what it does, and how it is told.
public struct Binding: Sendable {
  /// Where a key is heard.
  public enum Context: String, Sendable, CaseIterable {
    case always, screen, commands, across, text, editor, panes, errors, examples, query, compare
    case journal, list, completion, help

    /// As a heading of the help sheet.
    public var title: String {
      switch self {
      case .always: "Anywhere"
      case .screen: "On every screen, also while typing"
      case .commands: "Outside of the editor"
      case .across: "Outside of the editor, but on the lists of Errors"
      case .text: "While typing, here and in every prompt"
      case .editor: "In the editor"
      case .panes: "On Explore, outside of the editor"
      case .errors: "On Errors"
      case .examples: "On Errors, in the table and the lists beside it"
      case .query: "In the filter of Errors"
      case .compare: "On Compare"
      case .journal: "On Log"
      case .list: "In lists and prompts"
      case .completion: "In prompts"
      case .help: "In this help"
      }
    }
  }

  /// A short word for the hint row, and its place there: the smaller, the longer it stays.
  public struct Hint: Sendable {
    public var word: String
    public var rank: Int
  }

  public var keys: [Key]
  public var context: Context
  public var command: Command
  /// What it does, in a few words.
  public var help: String
  public var hint: Hint?
  /// What is typed in the palette for it; nil leaves it out there.
  public var name: String?

  init(
    _ keys: [Key], _ context: Context, _ command: Command, _ help: String,
    hint: String? = nil, rank: Int = 50, name: String? = nil
  ) {
    self.keys = keys
    self.context = context
    self.command = command
    self.help = help
    self.hint = hint.map { Hint(word: $0, rank: rank) }
    self.name = name
  }
}

extension Key {
  /// As the help and the docs write it: `Ctrl-X`, `Shift-Tab`, `PgDn`.
  public var name: String {
    var result = ""
    if modifiers.contains(.control) { result += "Ctrl-" }
    if modifiers.contains(.alt) { result += "Alt-" }
    if modifiers.contains(.shift) { result += "Shift-" }
    return result + codeName
  }

  /// As the hint row writes it: `^X`.
  public var shortName: String {
    modifiers == .control ? "^" + codeName : name
  }

  private var codeName: String {
    switch code {
    case .character(" "): "Space"
    case .character(let character):
      modifiers.isDisjoint(with: [.control, .alt])
        ? String(character) : String(character).uppercased()
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }

  static func char(_ character: Character) -> Key { Key(.character(character)) }
  static func ctrl(_ character: Character) -> Key { Key(.character(character), .control) }
  static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
}
