extension TextEditor {
  /// The parts of words, as in readline.
  enum ClusterClass {
    case word, blank, other
  }

  /// Moves the cursor, which extends the selection or ends it; other commands do nothing.
  mutating func move(by command: EditorCommand) {
    if command == .selectAll {
      (anchor, cursor) = (0, layout.utf8Count)
    } else if let movement = command.selectingMovement {
      anchor = anchor ?? cursor
      cursor = target(of: movement) ?? cursor
    } else if let target = endOfSelection(for: command) ?? target(of: command) {
      (anchor, cursor) = (nil, target)
    } else {
      return
    }
    history.close()
  }

  /// Left and right lead to the ends of a selection, up and down leave it from these.
  private mutating func endOfSelection(for command: EditorCommand) -> Int? {
    guard let selection else { return nil }
    switch command {
    case .moveLeft: return selection.lowerBound
    case .moveRight: return selection.upperBound
    case .moveUp, .movePageUp: leaveSelection(at: selection.lowerBound)
    case .moveDown, .movePageDown: leaveSelection(at: selection.upperBound)
    default: break
    }
    return nil
  }

  private mutating func leaveSelection(at end: Int) {
    if cursor != end { goalColumn = nil }
    cursor = end
  }

  /// The target of a movement; nil for other commands.
  private mutating func target(of command: EditorCommand) -> Int? {
    switch command {
    case .moveLeft: layout.boundary(before: cursor)
    case .moveRight: layout.boundary(after: cursor)
    case .moveUp: vertical(-1)
    case .moveDown: vertical(1)
    case .movePageUp: vertical(-max(1, size.rows - 1))
    case .movePageDown: vertical(max(1, size.rows - 1))
    case .moveWordLeft: wordStart(before: cursor)
    case .moveWordRight: wordEnd(after: cursor)
    case .moveToLineStart: lineStart(of: cursor)
    case .moveToLineEnd: lineEnd(of: cursor)
    case .moveToTextStart: 0
    case .moveToTextEnd: layout.utf8Count
    default: nil
    }
  }

  private mutating func vertical(_ rows: Int) -> Int {
    let place = layout.position(of: cursor)
    let column = goalColumn ?? place.column
    goalColumn = column
    let row = max(0, min(layout.rowCount - 1, place.row + rows))
    return row == place.row ? cursor : layout.offset(at: Position(column: column, row: row))
  }

  func lineStart(of offset: Int) -> Int {
    let bytes = layout.text.utf8Span.span
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  func lineEnd(of offset: Int) -> Int {
    let bytes = layout.text.utf8Span.span
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return end > offset && end < bytes.count && bytes[end - 1] == 0x0D ? end - 1 : end
  }

  func wordStart(before offset: Int) -> Int {
    start(before: offset, of: .word)
  }

  /// Skips non-word characters, then the word.
  func wordEnd(after offset: Int) -> Int {
    var end = offset
    var isInWord = false
    for row in layout.row(of: offset)..<layout.rowCount {
      for cluster in layout.clusters(inRow: row) where cluster.lowerBound >= offset {
        let isWord = classOfCluster(at: cluster.lowerBound) == .word
        if isInWord, !isWord { return end }
        isInWord = isWord
        end = cluster.upperBound
      }
    }
    return end
  }

  /// Goes back over the characters that do not count, then over those that do: letters for `.word`,
  /// everything except spaces for `.blank`.
  func start(before offset: Int, of kind: ClusterClass) -> Int {
    var start = offset
    var isInside = false
    for row in stride(from: layout.row(of: offset), through: 0, by: -1) {
      for cluster in layout.clusters(inRow: row).reversed() where cluster.lowerBound < offset {
        let found = classOfCluster(at: cluster.lowerBound)
        let counts = kind == .word ? found == .word : found != .blank
        if isInside, !counts { return start }
        isInside = counts
        start = cluster.lowerBound
      }
    }
    return start
  }

  private func classOfCluster(at offset: Int) -> ClusterClass {
    switch layout.text.utf8Span.span[offset] {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return .word
    case 0x20, 0x09...0x0D: return .blank
    case 0..<0x80: return .other
    default: break
    }
    let index = layout.text.utf8.index(layout.text.startIndex, offsetBy: offset)
    let properties = layout.text.unicodeScalars[index].properties
    if properties.isWhitespace { return .blank }
    return properties.isAlphabetic || properties.numericType != nil ? .word : .other
  }

  /// The word at an offset, or the spaces or other characters there, within its line; empty at the
  /// line's end.
  func run(at offset: Int) -> Range<Int> {
    let line = lineStart(of: offset)..<lineEnd(of: offset)
    guard line.contains(offset) else { return offset..<offset }
    let kind = classOfCluster(at: offset)
    var (start, end) = (offset, offset)
    while start > line.lowerBound {
      let before = layout.boundary(before: start)
      guard classOfCluster(at: before) == kind else { break }
      start = before
    }
    while end < line.upperBound, classOfCluster(at: end) == kind {
      end = layout.boundary(after: end)
    }
    return start..<end
  }
}

extension TextLayout {
  func clusters(inRow row: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    forEachCluster(inRow: row) { start, cluster in
      ranges.append(start..<cluster.end)
      return true
    }
    return ranges
  }

  /// The number of clusters that start in a range of offsets.
  func clusterCount(_ range: Range<Int>) -> Int {
    var count = 0
    for row in row(of: range.lowerBound)...row(of: range.upperBound) {
      forEachCluster(inRow: row) { start, _ in
        if range.contains(start) { count += 1 }
        return true
      }
    }
    return count
  }
}
