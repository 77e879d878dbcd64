extension TextEditor {
  /// Inserts the text of one key in place of the selection; consecutive keys are undone word by
  /// word.
  public mutating func type(_ new: String) -> Outcome {
    goalColumn = nil
    isCutting = false
    return insert(new, joins: new != "\n")
  }

  /// Inserts a paste unchanged in place of the selection, as one undo step.
  public mutating func paste(_ new: String) -> Outcome {
    leaveCommand(keepsSelection: true)
    return insert(new, joins: false)
  }

  /// Replaces the whole text, as one undo step; the cursor moves to its end.
  public mutating func replaceText(with new: String) -> Outcome {
    leaveCommand()
    let new = isSingleLine ? joinedLines(new) : new
    guard !new.utf8.elementsEqual(text.utf8) else { return .nothing }
    replace(0..<layout.utf8Count, with: new, joins: false)
    reveal()
    return .edited
  }

  /// Replaces a range of the text, as one undo step; the cursor keeps its place in the rest, or
  /// moves to the end of the new text.
  ///
  /// - Parameter range: in UTF-8 offsets; ends inside a scalar are moved out of it.
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

  /// An undo step without a change: the editor's owner did something that belongs at this point of
  /// the history.
  public mutating func markStep() {
    leaveCommand()
    replace(cursor..<cursor, with: "", joins: false)
  }

  /// The start of the scalar that contains an offset.
  private func scalarBoundary(_ offset: Int) -> Int {
    let bytes = layout.text.utf8Span.span
    var offset = max(0, min(offset, bytes.count))
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private mutating func insert(_ new: String, joins: Bool) -> Outcome {
    let new = isSingleLine ? joinedLines(new) : new
    guard !new.isEmpty else { return .nothing }
    replace(selection ?? cursor..<cursor, with: new, joins: joins)
    reveal()
    return .edited
  }

  /// Performs a command that changes the text; false if it is another command or changes nothing.
  mutating func edit(_ command: EditorCommand, wasCutting: Bool) -> Bool {
    if let selection {
      if command.isCut { return cutSelection() }
      if command == .deleteBackward || command == .deleteForward {
        return remove(selection, joins: false)
      }
    }
    return switch command {
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

  /// The end of the line or, at the end, that of the line end, so that cutting again joins lines.
  private var killEnd: Int {
    let end = lineEnd(of: cursor)
    return end == cursor ? layout.boundary(after: cursor) : end
  }

  /// Cutting again adds what stands beside the selection, as after any other cut.
  private mutating func cutSelection() -> Bool {
    guard let selection, copySelection() != nil else { return false }
    isCutting = true
    return remove(selection, joins: false)
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
    anchor = nil
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
    anchor = nil
    layout.replace(change.offset..<end, with: change.removed)
    cursor = boundary(within: change.cursorBefore)
    return true
  }

  private mutating func repeatChange(_ change: TextChange?) -> Bool {
    guard let change else { return false }
    let end = change.offset + change.removed.utf8.count
    anchor = nil
    layout.replace(change.offset..<end, with: change.inserted)
    cursor = boundary(within: change.cursorAfter)
    return true
  }

  /// The cursor's offset in a stored step, clamped to the text.
  private func boundary(within offset: Int) -> Int {
    layout.boundary(atOrBefore: max(0, min(offset, layout.utf8Count)))
  }

  /// Inserted text may form a cluster with the text after it.
  private func boundary(atOrAfter offset: Int) -> Int {
    let start = layout.boundary(atOrBefore: offset)
    return start == offset ? offset : layout.boundary(after: start)
  }
}
