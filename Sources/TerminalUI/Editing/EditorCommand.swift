/// The commands of an editor. Their names are used by key tables, their titles are shown to users.
public enum EditorCommand: String, Sendable, CaseIterable {
  case moveLeft, moveRight, moveUp, moveDown
  case moveWordLeft, moveWordRight, moveToLineStart, moveToLineEnd
  case movePageUp, movePageDown, moveToTextStart, moveToTextEnd
  case deleteBackward, deleteForward, deleteWordBackward, deleteWordForward
  case killWord, killToLineStart, killToLineEnd, yank
  case insertLineBreak, undo, redo

  public var title: String {
    switch self {
    case .moveLeft: "one character left"
    case .moveRight: "one character right"
    case .moveUp: "one row up"
    case .moveDown: "one row down"
    case .moveWordLeft: "one word left"
    case .moveWordRight: "one word right"
    case .moveToLineStart: "start of the line"
    case .moveToLineEnd: "end of the line"
    case .movePageUp: "one page up"
    case .movePageDown: "one page down"
    case .moveToTextStart: "start of the text"
    case .moveToTextEnd: "end of the text"
    case .deleteBackward: "delete the character before"
    case .deleteForward: "delete the character under the cursor"
    case .deleteWordBackward: "cut the word before"
    case .deleteWordForward: "cut to the end of the word"
    case .killWord: "cut back to the last space"
    case .killToLineStart: "cut to the start of the line"
    case .killToLineEnd: "cut to the end of the line"
    case .yank: "put back what was cut"
    case .insertLineBreak: "new line"
    case .undo: "undo"
    case .redo: "redo"
    }
  }

  /// The keys of readline and of desktops, in the order of help.
  public static let defaultKeys: [(key: Key, command: EditorCommand)] = [
    (Key(.left), .moveLeft), (control("b"), .moveLeft),
    (Key(.right), .moveRight), (control("f"), .moveRight),
    (Key(.up), .moveUp), (Key(.down), .moveDown),
    (Key(.left, .control), .moveWordLeft), (alt("b"), .moveWordLeft),
    (Key(.left, .alt), .moveWordLeft),
    (Key(.right, .control), .moveWordRight), (alt("f"), .moveWordRight),
    (Key(.right, .alt), .moveWordRight),
    (Key(.home), .moveToLineStart), (control("a"), .moveToLineStart),
    (Key(.end), .moveToLineEnd), (control("e"), .moveToLineEnd),
    (Key(.pageUp), .movePageUp), (Key(.pageDown), .movePageDown),
    (Key(.home, .control), .moveToTextStart), (Key(.end, .control), .moveToTextEnd),
    (Key(.backspace), .deleteBackward), (control("h"), .deleteBackward),
    (Key(.delete), .deleteForward), (control("d"), .deleteForward),
    (control("w"), .killWord), (Key(.backspace, .alt), .deleteWordBackward),
    (alt("d"), .deleteWordForward), (control("u"), .killToLineStart),
    (control("k"), .killToLineEnd), (control("y"), .yank),
    (Key(.enter), .insertLineBreak),
    (control("_"), .undo), (control("/"), .undo), (alt("_"), .redo), (alt("/"), .redo),
  ]

  static let byKey = Dictionary(
    defaultKeys.map { ($0.key, $0.command) }, uniquingKeysWith: { first, _ in first })

  private static func control(_ letter: Character) -> Key { Key(.character(letter), .control) }
  private static func alt(_ letter: Character) -> Key { Key(.character(letter), .alt) }
}
