/// One step of undo: at an offset, these bytes went and those came.
struct TextChange: Sendable, Hashable {
  var offset: Int
  var removed: String
  var inserted: String
  var cursorBefore: Int
  var cursorAfter: Int
  /// Counts the steps; given by the history.
  var number = 0
}

/// The steps that can be undone and redone. Typing and deleting join into words, at most 1000 steps
/// are kept, fewer when they hold much text; the oldest go first.
struct EditHistory: Sendable, Hashable {
  private(set) var undoable: [TextChange] = []
  private(set) var redoable: [TextChange] = []
  /// The newest step may still grow.
  private var isOpen = false
  private var bytes = 0
  private var lastNumber = 0
  /// The newest step that was given up for the limits.
  private var forgotten = 0

  static let maxSteps = 1000
  static let maxBytes = 32 << 20

  init() {}

  /// Steps from an earlier run, the newest and the next one to be redone last.
  init(undoable: [TextChange], redoable: [TextChange]) {
    self.undoable = undoable
    self.redoable = redoable
    lastNumber = undoable.count + redoable.count
    for index in undoable.indices { self.undoable[index].number = index + 1 }
    for index in redoable.indices { self.redoable[index].number = lastNumber - index }
    bytes = (undoable + redoable).reduce(0) { $0 + $1.bytes }
  }

  /// Adds what was just done; `joins` when it was one key of typing or deleting.
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

  /// The number of the step that led here: undo and redo come back to the same one.
  var version: Int { undoable.last?.number ?? forgotten }

  /// The next key of typing starts a step of its own.
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

  /// One step out of two that follow each other in the text, while they stay within a word and the
  /// space behind it.
  fileprivate func joined(with next: TextChange) -> TextChange? {
    var joined = self
    joined.cursorAfter = next.cursorAfter
    switch (removed.isEmpty, inserted.isEmpty, next.removed.isEmpty, next.inserted.isEmpty) {
    case (true, false, true, false):
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
