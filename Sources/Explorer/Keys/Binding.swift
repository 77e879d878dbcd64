public import TerminalUI

/// A row of the key table: the keys, where they work, what they do, and a description.
public struct Binding: Sendable {
  /// Where a key works, as a part of the key table.
  public struct Context: Sendable, Hashable {
    /// The heading in the help sheet.
    public let title: String

    package init(_ title: String) { self.title = title }
  }

  /// A short word for the hint row, and its rank there: the lower the rank, the later it is dropped
  /// when space runs out.
  public struct Hint: Sendable {
    public var word: String
    public var rank: Int
  }

  public var keys: [Key]
  public var context: Context
  public var command: Command
  /// A short description for the help.
  public var help: String
  public var hint: Hint?
  /// The command's name in the palette; nil if the palette does not list it.
  public var name: String?

  package init(
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

extension Binding.Context {
  package static let always = Self("Anywhere")
  package static let screen = Self("On every screen, even while typing")
  package static let otherScreens = Self("To another screen, even while typing")
  package static let commands = Self("Outside the editor")
  package static let across = Self("Outside the editor, except in the tables of Errors")
  package static let text = Self("While typing, in the editor and in every prompt")
  static let editor = Self("In the editor")
  package static let list = Self("In lists and prompts")
  package static let completion = Self("In prompts")
  package static let reading = Self("While reading: the help, a model's card")
}

extension Key {
  /// Parses a name as `name` writes it, in any case: `ctrl-x`, `Shift-Tab`, `f2`; nil if it names
  /// no key.
  package init?(named name: String) {
    var (rest, modifiers) = (name[...], Key.Modifiers())
    let prefixes: [(String, Key.Modifiers)] = [
      ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]
    while let (prefix, modifier) = prefixes.first(where: { rest.lowercased().hasPrefix($0.0) }) {
      rest = rest.dropFirst(prefix.count)
      modifiers.insert(modifier)
    }
    if rest.count == 1, let character = rest.first {
      let isShort = modifiers.isDisjoint(with: [.control, .alt])
      self.init(.character(isShort ? character : Character(character.lowercased())), modifiers)
      return
    }
    let codes: [Key.Code] =
      [
        .character(" "), .enter, .escape, .tab, .backspace, .delete, .insert, .up, .down, .left,
        .right, .home, .end, .pageUp, .pageDown,
      ] + (1...12).map { .function($0) }
    guard let code = codes.first(where: { Key($0).name.lowercased() == rest.lowercased() }) else {
      return nil
    }
    self.init(code, modifiers)
  }

  /// The name in the help and the docs: `Ctrl-X`, `Shift-Tab`, `PgDn`.
  public var name: String {
    var result = ""
    if modifiers.contains(.control) { result += "Ctrl-" }
    if modifiers.contains(.alt) { result += "Alt-" }
    if modifiers.contains(.shift) { result += "Shift-" }
    return result + codeName
  }

  /// The name in the hint row: `^X`.
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

  package static func char(_ character: Character) -> Key { Key(.character(character)) }
  package static func ctrl(_ character: Character) -> Key { Key(.character(character), .control) }
  package static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
}
