/// One undo step: at an offset, these bytes were replaced with those.
struct TextChange: Sendable, Hashable {
  var offset: Int
  var removed: String
  var inserted: String
  var cursorBefore: Int
  var cursorAfter: Int
  /// The step's number, assigned by the history.
  var number = 0
}

/// The steps that can be undone and redone. Typing and deleting are joined into words; the first word
/// typed over a selection is one step with it. At most 1000
/// steps are kept, fewer if they contain much text; the oldest are dropped first.
struct EditHistory: Sendable, Hashable {
  private(set) var undoable: [TextChange] = []
  private(set) var redoable: [TextChange] = []
  /// Whether the newest step may still grow.
  private var isOpen = false
  private var bytes = 0
  private var lastNumber = 0
  /// The number of the newest step that was dropped because of the limits.
  private var forgotten = 0

  static let maxSteps = 1000
  static let maxBytes = 32 << 20

  init() {}

  /// Steps from an earlier run, ordered such that the newest, or the next to be redone, is last.
  init(undoable: [TextChange], redoable: [TextChange]) {
    self.undoable = undoable
    self.redoable = redoable
    lastNumber = undoable.count + redoable.count
    for index in undoable.indices { self.undoable[index].number = index + 1 }
    for index in redoable.indices { self.redoable[index].number = lastNumber - index }
    bytes = (undoable + redoable).reduce(0) { $0 + $1.bytes }
  }

  /// Adds a change; `joins` if it was a single key of typing or deleting.
  mutating func record(_ change: TextChange, joins: Bool) {
    bytes += change.bytes - redoable.reduce(0) { $0 + $1.bytes }
    redoable = []
    if joins, isOpen, let last = undoable.last, let joined = last.joined(with: change) {
      undoable[undoable.count - 1] = joined
    } else {
      lastNumber += 1
      undoable.append(change)
      undoable[undoable.count - 1].number = lastNumber
    }
    isOpen = joins
    while undoable.count > Self.maxSteps || (bytes > Self.maxBytes && undoable.count > 1) {
      let oldest = undoable.removeFirst()
      bytes -= oldest.bytes
      forgotten = oldest.number
    }
  }

  /// The number of the step that led here: undo and redo return to the same number.
  var version: Int { undoable.last?.number ?? forgotten }

  /// Makes the next typed key start a new step.
  mutating func close() { isOpen = false }

  mutating func undo() -> TextChange? {
    isOpen = false
    guard let change = undoable.popLast() else { return nil }
    redoable.append(change)
    return change
  }

  mutating func redo() -> TextChange? {
    isOpen = false
    guard let change = redoable.popLast() else { return nil }
    undoable.append(change)
    return change
  }
}

extension TextChange {
  var bytes: Int { removed.utf8.count + inserted.utf8.count }

  /// Joins two consecutive steps if they are adjacent and stay within a word and the space after
  /// it.
  fileprivate func joined(with next: TextChange) -> TextChange? {
    var joined = self
    joined.cursorAfter = next.cursorAfter
    switch (removed.isEmpty, inserted.isEmpty, next.removed.isEmpty, next.inserted.isEmpty) {
    case (_, false, true, false):
      guard next.offset == offset + inserted.utf8.count,
        !endsInSpace(inserted) || endsInSpace(next.inserted)
      else { return nil }
      joined.inserted += next.inserted
    case (false, true, false, true) where next.offset + next.removed.utf8.count == offset:
      guard !startsWithSpace(next.removed) || startsWithSpace(removed) else { return nil }
      joined.offset = next.offset
      joined.removed = next.removed + removed
    case (false, true, false, true) where next.offset == offset:
      guard !endsInSpace(removed) || endsInSpace(next.removed) else { return nil }
      joined.removed += next.removed
    default: return nil
    }
    return joined
  }
}

private func endsInSpace(_ text: String) -> Bool {
  text.unicodeScalars.last?.properties.isWhitespace ?? false
}

private func startsWithSpace(_ text: String) -> Bool {
  text.unicodeScalars.first?.properties.isWhitespace ?? false
}
