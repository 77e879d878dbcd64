/// The last undo and redo steps as stored on disk, beside the text that they belong to.
public struct KeptEdits: Codable, Sendable, Equatable {
  struct Step: Codable, Sendable, Equatable {
    /// In UTF-8.
    var offset: Int
    var removed: String
    var inserted: String
    var cursorBefore: Int
    var cursorAfter: Int
  }

  /// The newest is last, and so is the next one to be redone.
  var undoable: [Step] = []
  var redoable: [Step] = []

  static let mostSteps = 100
  static let mostBytes = 64 << 10
  /// Each step is tried on the whole text when it is read.
  static let longestText = 256 << 10
}

extension TextEditor {
  /// The last steps, at most 100 with 64 KB; nil if there are none, or if the text is longer than
  /// 256 KB.
  public var keptEdits: KeptEdits? {
    guard layout.utf8Count <= KeptEdits.longestText else { return nil }
    var edits = KeptEdits()
    var (steps, bytes) = (0, 0)
    func keep(_ change: TextChange) -> KeptEdits.Step? {
      (steps, bytes) = (steps + 1, bytes + change.bytes)
      guard steps <= KeptEdits.mostSteps, bytes <= KeptEdits.mostBytes else { return nil }
      return KeptEdits.Step(
        offset: change.offset, removed: change.removed, inserted: change.inserted,
        cursorBefore: change.cursorBefore, cursorAfter: change.cursorAfter)
    }
    func last(_ changes: [TextChange]) -> [KeptEdits.Step] {
      var kept: [KeptEdits.Step] = []
      // A step without a change belongs to the editor's owner, which stores nothing.
      for change in changes.reversed() where change.bytes > 0 {
        guard let step = keep(change) else { break }
        kept.append(step)
      }
      return kept.reversed()
    }
    edits.undoable = last(history.undoable)
    edits.redoable = last(history.redoable)
    return edits.undoable.isEmpty && edits.redoable.isEmpty ? nil : edits
  }

  /// Restores stored steps as far as they are consistent with the text: a file may contain
  /// anything.
  public mutating func restore(_ edits: KeptEdits) {
    guard layout.utf8Count <= KeptEdits.longestText else { return }
    let bytes = Array(text.utf8)
    func fitting(_ steps: [KeptEdits.Step], isUndo: Bool) -> [TextChange] {
      var bytes = bytes
      var changes: [TextChange] = []
      for step in steps.suffix(KeptEdits.mostSteps).reversed() {
        let (there, instead) =
          isUndo ? (step.inserted, step.removed) : (step.removed, step.inserted)
        guard bytes.replace(there, at: step.offset, with: instead) else { break }
        changes.append(
          TextChange(
            offset: step.offset, removed: step.removed, inserted: step.inserted,
            cursorBefore: step.cursorBefore, cursorAfter: step.cursorAfter))
      }
      return changes.reversed()
    }
    history = EditHistory(
      undoable: fitting(edits.undoable, isUndo: true),
      redoable: fitting(edits.redoable, isUndo: false))
  }
}

extension [UInt8] {
  /// Replaces one text with another; returns false and does nothing if the old text is not there as
  /// whole scalars.
  fileprivate mutating func replace(_ old: String, at offset: Int, with new: String) -> Bool {
    let old = Array(old.utf8)
    guard (0...count).contains(offset), old.count <= count - offset,
      offset == count || self[offset] & 0xC0 != 0x80
    else { return false }
    let range = offset..<offset + old.count
    guard self[range].elementsEqual(old) else { return false }
    replaceSubrange(range, with: new.utf8)
    return true
  }
}
