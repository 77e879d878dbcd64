extension TextEditor {
  /// Inserts what one key typed; keys that follow each other undo word by word.
  public mutating func type(_ new: String) -> Outcome {
    goalColumn = nil
    isCutting = false
    return insert(new, joins: new != "\n")
  }

  /// Inserts a paste as it is, as one step of undo.
  public mutating func paste(_ new: String) -> Outcome {
    leaveCommand()
    return insert(new, joins: false)
  }

  /// Another text, as one step of undo; the cursor goes to its end.
  public mutating func replaceText(with new: String) -> Outcome {
    leaveCommand()
    let new = isSingleLine ? joinedLines(new) : new
    guard !new.utf8.elementsEqual(text.utf8) else { return .nothing }
    replace(0..<layout.utf8Count, with: new, joins: false)
    reveal()
    return .edited
  }

  /// Another text in the place of a stretch of it, as one step of undo; the cursor stays where it is
  /// in the rest, or goes behind what is new.
  ///
  /// - Parameter range: in UTF-8 offsets; ends that are within a scalar are moved out of it.
  public mutating func replaceText(in range: Range<Int>, with new: String) -> Outcome {
    leaveCommand()
    let range = scalarBoundary(range.lowerBound)..<scalarBoundary(range.upperBound)
    let new = isSingleLine ? joinedLines(new) : new
    guard !range.isEmpty || !new.isEmpty else { return .nothing }
    let old = cursor
    replace(range, with: new, joins: false)
    if old < range.lowerBound {
      cursor = layout.boundary(atOrBefore: old)
    } else if old > range.upperBound {
      cursor = layout.boundary(atOrBefore: old + new.utf8.count - range.count)
    }
    reveal()
    return .edited
  }

  /// A step of undo that changes nothing here: its owner did something that belongs in this order.
  public mutating func markStep() {
    leaveCommand()
    replace(cursor..<cursor, with: "", joins: false)
  }

  /// The start of the scalar that an offset is in.
  private func scalarBoundary(_ offset: Int) -> Int {
    let bytes = layout.text.utf8Span.span
    var offset = max(0, min(offset, bytes.count))
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private mutating func insert(_ new: String, joins: Bool) -> Outcome {
    let new = isSingleLine ? joinedLines(new) : new
    guard !new.isEmpty else { return .nothing }
    replace(cursor..<cursor, with: new, joins: joins)
    reveal()
    return .edited
  }

  /// Does a command that changes the text; false when it is another or changes nothing.
  mutating func edit(_ command: EditorCommand, wasCutting: Bool) -> Bool {
    switch command {
    case .insertLineBreak: type("\n") == .edited
    case .deleteBackward: remove(layout.boundary(before: cursor)..<cursor, joins: true)
    case .deleteForward: remove(cursor..<layout.boundary(after: cursor), joins: true)
    case .deleteWordBackward: cutBefore(wordStart(before: cursor), wasCutting)
    case .deleteWordForward: cutAfter(wordEnd(after: cursor), wasCutting)
    case .killWord: cutBefore(start(before: cursor, of: .blank), wasCutting)
    case .killToLineStart: cutBefore(lineStart(of: cursor), wasCutting)
    case .killToLineEnd: cutAfter(killEnd, wasCutting)
    case .yank: insert(cut, joins: false) == .edited
    case .undo: revert(history.undo())
    case .redo: repeatChange(history.redo())
    default: false
    }
  }

  /// The end of the line, and at it the line end itself, so that cutting again joins lines.
  private var killEnd: Int {
    let end = lineEnd(of: cursor)
    return end == cursor ? layout.boundary(after: cursor) : end
  }

  private mutating func cutBefore(_ start: Int, _ wasCutting: Bool) -> Bool {
    isCutting = true
    guard start < cursor else { return false }
    cut = String(layout.substring(start..<cursor)) + (wasCutting ? cut : "")
    return remove(start..<cursor, joins: false)
  }

  private mutating func cutAfter(_ end: Int, _ wasCutting: Bool) -> Bool {
    isCutting = true
    guard end > cursor else { return false }
    cut = (wasCutting ? cut : "") + String(layout.substring(cursor..<end))
    return remove(cursor..<end, joins: false)
  }

  private mutating func remove(_ range: Range<Int>, joins: Bool) -> Bool {
    guard !range.isEmpty else { return false }
    replace(range, with: "", joins: joins)
    return true
  }

  private mutating func replace(_ range: Range<Int>, with new: String, joins: Bool) {
    let removed = String(layout.substring(range))
    let before = cursor
    layout.replace(range, with: new)
    cursor = boundary(atOrAfter: range.lowerBound + new.utf8.count)
    history.record(
      TextChange(
        offset: range.lowerBound, removed: removed, inserted: new, cursorBefore: before,
        cursorAfter: cursor), joins: joins)
  }

  private mutating func revert(_ change: TextChange?) -> Bool {
    guard let change else { return false }
    let end = change.offset + change.inserted.utf8.count
    layout.replace(change.offset..<end, with: change.removed)
    cursor = boundary(within: change.cursorBefore)
    return true
  }

  private mutating func repeatChange(_ change: TextChange?) -> Bool {
    guard let change else { return false }
    let end = change.offset + change.removed.utf8.count
    layout.replace(change.offset..<end, with: change.inserted)
    cursor = boundary(within: change.cursorAfter)
    return true
  }

  /// Where a kept step says that the cursor was: in the text, whatever it says.
  private func boundary(within offset: Int) -> Int {
    layout.boundary(atOrBefore: max(0, min(offset, layout.utf8Count)))
  }

  /// What was inserted may have become part of a cluster with what stands behind it.
  private func boundary(atOrAfter offset: Int) -> Int {
    let start = layout.boundary(atOrBefore: offset)
    return start == offset ? offset : layout.boundary(after: start)
  }
}
