/// Selecting a part of the text. Any edit ends the selection, and any movement that does not extend it.
extension TextEditor {
  /// The selected bytes, whole clusters; nil if nothing is selected.
  public var selection: Range<Int>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }

  /// The number of selected characters; nil if nothing is selected, or so much that they are not
  /// counted.
  public var selectedCharacters: Int? {
    selection.flatMap { $0.count < 10_000 ? layout.clusterCount($0) : nil }
  }

  /// The selected text, which `yank` inserts as well from now on; nil if nothing is selected.
  public mutating func copySelection() -> String? {
    guard let selection else { return nil }
    leaveCommand(keepsSelection: true)
    cut = String(layout.substring(selection))
    return cut
  }

  /// Ends the selection, and leaves the cursor where it is.
  public mutating func dropSelection() -> Outcome {
    guard selection != nil else { return .nothing }
    leaveCommand()
    return .moved
  }

  /// Moves the cursor to a cell of the text area.
  ///
  /// - Parameter count: 2 for the second of two quick clicks on the same cell, which selects the
  ///   word there, 3 for the third one, which selects the line.
  public mutating func click(at position: Position, count: Int = 1) -> Outcome {
    let before = (cursor, selection)
    leaveCommand()
    let offset = offset(at: position)
    switch count {
    case 2: select(run(at: offset))
    case 3: select(lineStart(of: offset)..<lineEnd(of: offset))
    default: select(offset..<offset)
    }
    reveal()
    return before == (cursor, selection) ? .nothing : .moved
  }

  /// Selects from the last click to a cell of the text area; above or below it the text scrolls.
  public mutating func drag(to position: Position) -> Outcome {
    let before = (cursor, selection)
    leaveCommand(keepsSelection: true)
    anchor = anchor ?? cursor
    cursor = offset(at: position)
    reveal()
    return before == (cursor, selection) ? .nothing : .moved
  }

  private mutating func select(_ range: Range<Int>) {
    (anchor, cursor) = (range.lowerBound, range.upperBound)
  }

  /// The cluster at a cell of the text area, or at its edge for cells outside.
  private func offset(at position: Position) -> Int {
    let column = max(0, min(position.column, size.columns)) + scroll.column
    let row = max(-1, min(position.row, size.rows)) + scroll.row
    return layout.offset(at: Position(column: column, row: row))
  }
}
