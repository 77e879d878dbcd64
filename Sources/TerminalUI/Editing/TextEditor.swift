/// A text being edited, as a value: text, cursor, selection, scroll position, undo history and cut
/// text. It does not depend on a screen.
///
/// The cursor is a UTF-8 offset and always a cluster boundary. No key, click or paste can fail or
/// lose text: whatever was removed can be restored by undo.
/// Call `resize(to:)` with the size of the text area before the first key; the cursor may be one
/// column right of a full row. With `isSingleLine` it scrolls sideways, and pasted line ends become
/// spaces: for prompts and filters.
public struct TextEditor: Sendable, Hashable {
  /// The effect of a command or a key.
  public enum Outcome: Sendable, Hashable {
    /// None: the cursor is at the edge, or there is nothing to undo.
    case nothing
    case moved
    case edited
  }

  public internal(set) var layout: TextLayout
  public internal(set) var cursor = 0
  /// Where the selection began, a cluster boundary; nil if nothing has been selected since the last movement or edit.
  var anchor: Int?
  /// The first visible row and, for a single line, the first visible column.
  public internal(set) var scroll = Position(column: 0, row: 0)
  public internal(set) var size: Size
  public let isSingleLine: Bool
  var history = EditHistory()
  var cut = ""
  /// Whether the last command was a cut as well, so that the next one appends to it.
  var isCutting = false
  /// The column that vertical movement keeps to.
  var goalColumn: Int?

  public init(
    _ text: String = "", size: Size = Size(columns: 80, rows: 24), isSingleLine: Bool = false,
    isPlain: Bool = false
  ) {
    self.isSingleLine = isSingleLine
    self.size = Size(columns: max(1, size.columns), rows: max(1, size.rows))
    let text = isSingleLine ? joinedLines(text) : text
    let columns = isSingleLine ? Int.max : self.size.columns
    layout = TextLayout(text, columns: columns, isPlain: isPlain)
    cursor = layout.utf8Count
    reveal()
  }

  public var text: String { layout.text }
  /// The number of the step that led to this text: undo and redo return to the same number, and any
  /// new step has a new one.
  public var version: Int { history.version }

  /// The cursor's position in the text area; nil if it is scrolled out of view.
  public var cursorPosition: Position? {
    let place = layout.position(of: cursor)
    let row = place.row - scroll.row
    return (0..<size.rows).contains(row)
      ? Position(column: place.column - scroll.column, row: row) : nil
  }

  /// The line (terminated by `\n`) and the character at the cursor, from 1. In extremely long
  /// lines, characters are not counted.
  public var lineAndCharacter: (line: Int, character: Int?) {
    let lineStart = lineStart(of: cursor)
    var line = 1
    let bytes = layout.text.utf8Span.span
    for index in 0..<lineStart where bytes[index] == 0x0A { line += 1 }
    let isNear = cursor - lineStart < 10_000
    return (line, isNear ? layout.clusterCount(lineStart..<cursor) + 1 : nil)
  }

  /// Lays out the text for another area and keeps the cursor visible.
  public mutating func resize(to newSize: Size) {
    let newSize = Size(columns: max(1, newSize.columns), rows: max(1, newSize.rows))
    guard newSize != size else { return }
    if newSize.columns != size.columns, !isSingleLine {
      layout = TextLayout(text, columns: newSize.columns, isPlain: layout.isPlain)
    }
    size = newSize
    goalColumn = nil
    reveal()
  }

  /// Handles a key of `EditorCommand.defaultKeys` or a printable key; nil if it is neither. A
  /// single line leaves Enter and vertical movement to its owner.
  public mutating func handle(_ key: Key) -> Outcome? {
    if let command = EditorCommand.byKey[key] {
      return isSingleLine && command.isBetweenRows ? nil : perform(command)
    }
    guard case .character(let character) = key.code, key.modifiers.isSubset(of: .shift) else {
      return nil
    }
    return type(String(character))
  }

  public mutating func perform(_ command: EditorCommand) -> Outcome {
    let before = (cursor, selection, layout.utf8Count, scroll)
    let wasCutting = isCutting
    isCutting = false
    if !command.isVertical { goalColumn = nil }
    let isEdited = edit(command, wasCutting: wasCutting)
    if !isEdited { move(by: command) }
    reveal()
    if isEdited { return .edited }
    return before == (cursor, selection, layout.utf8Count, scroll) ? .nothing : .moved
  }

  /// Moves the cursor to the cluster that contains an offset.
  public mutating func moveCursor(to offset: Int) {
    leaveCommand()
    cursor = layout.boundary(atOrBefore: max(0, offset))
    reveal()
  }

  /// Scrolls without moving the cursor; the next command makes it visible again.
  public mutating func scroll(by rows: Int) -> Outcome {
    let before = scroll.row
    let last = max(0, layout.rowCount - size.rows)
    scroll.row = max(0, min(last, scroll.row + max(-layout.rowCount, min(layout.rowCount, rows))))
    return scroll.row == before ? .nothing : .moved
  }

  mutating func leaveCommand(keepsSelection: Bool = false) {
    goalColumn = nil
    isCutting = false
    history.close()
    if !keepsSelection { anchor = nil }
  }

  /// Fewer columns leave no room for marks at both edges and the cursor between them.
  static let leastColumnsWithMarks = 4

  /// The column after the last cell of a single line.
  var endColumn: Int { layout.position(of: layout.utf8Count).column }

  /// Scrolls as little as necessary to show the cursor, without empty rows below a long text or
  /// empty columns after a long line.
  mutating func reveal() {
    let place = layout.position(of: cursor)
    let last = max(0, layout.rowCount - size.rows)
    scroll.row = min(last, max(place.row - size.rows + 1, min(scroll.row, place.row)))
    guard isSingleLine else { return }
    let end = endColumn
    scroll.column = max(0, max(place.column - size.columns + 1, min(scroll.column, place.column)))
    scroll.column = min(scroll.column, max(0, end - size.columns + 1))
    // The cursor is never on a mark that the text continues.
    guard size.columns >= Self.leastColumnsWithMarks else { return }
    if scroll.column > 0, place.column == scroll.column { scroll.column -= 1 }
    let edge = scroll.column + size.columns
    if end > edge, place.column == edge - 1 { scroll.column += 1 }
  }
}

/// A text with spaces instead of line ends.
func joinedLines(_ text: String) -> String {
  String(text.map { $0 == "\n" || $0 == "\r\n" || $0 == "\r" ? " " : $0 })
}
