/// The commands of an editor. Their names are used by key tables, their titles are shown to users.
public enum EditorCommand: String, Sendable, CaseIterable {
  case moveLeft, moveRight, moveUp, moveDown
  case moveWordLeft, moveWordRight, moveToLineStart, moveToLineEnd
  case movePageUp, movePageDown, moveToTextStart, moveToTextEnd
  case selectLeft, selectRight, selectUp, selectDown
  case selectWordLeft, selectWordRight, selectToLineStart, selectToLineEnd
  case selectToTextStart, selectToTextEnd, selectAll
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
    case .selectLeft: "select a character to the left"
    case .selectRight: "select a character to the right"
    case .selectUp: "select a row up"
    case .selectDown: "select a row down"
    case .selectWordLeft: "select a word to the left"
    case .selectWordRight: "select a word to the right"
    case .selectToLineStart: "select to the start of the line"
    case .selectToLineEnd: "select to the end of the line"
    case .selectToTextStart: "select to the start of the text"
    case .selectToTextEnd: "select to the end of the text"
    case .selectAll: "select all"
    case .deleteBackward: "delete the selection, or the character before"
    case .deleteForward: "delete the selection, or the character at the cursor"
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

  /// The movement by which a command extends the selection; nil for commands that do not.
  var selectingMovement: EditorCommand? {
    switch self {
    case .selectLeft: .moveLeft
    case .selectRight: .moveRight
    case .selectUp: .moveUp
    case .selectDown: .moveDown
    case .selectWordLeft: .moveWordLeft
    case .selectWordRight: .moveWordRight
    case .selectToLineStart: .moveToLineStart
    case .selectToLineEnd: .moveToLineEnd
    case .selectToTextStart: .moveToTextStart
    case .selectToTextEnd: .moveToTextEnd
    default: nil
    }
  }

  /// Whether it moves between rows, in their column.
  var isVertical: Bool {
    switch selectingMovement ?? self {
    case .moveUp, .moveDown, .movePageUp, .movePageDown: true
    default: false
    }
  }

  /// Whether a text of one line leaves it to its owner.
  public var isBetweenRows: Bool { self == .insertLineBreak || isVertical }

  /// Whether `yank` puts back what it removes.
  var isCut: Bool {
    switch self {
    case .deleteWordBackward, .deleteWordForward, .killWord, .killToLineStart, .killToLineEnd: true
    default: false
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
    (Key(.left, .shift), .selectLeft), (Key(.right, .shift), .selectRight),
    (Key(.up, .shift), .selectUp), (Key(.down, .shift), .selectDown),
    (Key(.left, [.control, .shift]), .selectWordLeft),
    (Key(.left, [.alt, .shift]), .selectWordLeft),
    (Key(.right, [.control, .shift]), .selectWordRight),
    (Key(.right, [.alt, .shift]), .selectWordRight),
    (Key(.home, .shift), .selectToLineStart), (Key(.end, .shift), .selectToLineEnd),
    (Key(.home, [.control, .shift]), .selectToTextStart),
    (Key(.end, [.control, .shift]), .selectToTextEnd), (alt("a"), .selectAll),
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
