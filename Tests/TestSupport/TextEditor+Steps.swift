public import TerminalUI

extension TextEditor {
  /// Whether undo would do anything.
  public var canUndo: Bool { allows(.undo) }

  /// Whether redo would do anything.
  public var canRedo: Bool { allows(.redo) }

  /// How many steps undo goes back.
  public var undoCount: Int {
    var copy = self
    var count = 0
    while copy.perform(.undo) == .edited { count += 1 }
    return count
  }

  private func allows(_ command: EditorCommand) -> Bool {
    var copy = self
    return copy.perform(command) == .edited
  }
}
