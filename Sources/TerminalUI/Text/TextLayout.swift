/// A text wrapped into rows: the position of every byte, and the content of every cell.
///
/// Offsets are UTF-8 offsets into the text; every returned offset is a cluster boundary. A row has
/// at most `columns` columns and breaks after a space or beside a wide cluster, otherwise within
/// the word. A space that no longer fits hangs invisibly at the end of its row, so a cursor's
/// column is 0...`columns`: leave one free column to the right of the rows. `\n` and `\r\n` end a
/// row; any other control character is shown as a mark.
///
/// Layout costs a few nanoseconds per byte; `replace` only wraps the affected rows again.
public struct TextLayout: Sendable, Hashable {
  public private(set) var text: String
  public let columns: Int
  public let isPlain: Bool
  /// The offset of each row's first byte. There is always one row; the last one is empty after a
  /// line end.
  private var starts: [Int]

  public init(_ text: String = "", columns: Int, isPlain: Bool = false) {
    self.text = text
    self.text.makeContiguousUTF8()
    self.columns = max(1, columns)
    self.isPlain = isPlain
    starts = [0]
    wrap(from: 0) { start in
      starts.append(start)
      return true
    }
  }

  public var rowCount: Int { starts.count }
  public var utf8Count: Int { text.utf8.count }

  /// The bytes of a row including its line end or hanging space; empty for a missing row.
  public func utf8Range(ofRow row: Int) -> Range<Int> {
    guard starts.indices.contains(row) else { return utf8Count..<utf8Count }
    return starts[row]..<(row + 1 < starts.count ? starts[row + 1] : utf8Count)
  }

  /// The offset of the `\n` that ends a row; nil if the row is wrapped or the last one.
  func lineEnd(ofRow row: Int) -> Int? {
    let end = utf8Range(ofRow: row).upperBound
    return row + 1 < starts.count && text.utf8Span.span[end - 1] == 0x0A ? end - 1 : nil
  }

  /// The row of an offset. An offset between two rows belongs to the later one.
  public func row(of offset: Int) -> Int {
    starts.lastIndex(in: starts.indices) { $0 <= offset }
  }

  /// The start of the cluster that contains an offset; past the end, the end of the text.
  public func position(of offset: Int) -> Position {
    let row = row(of: offset)
    var column = 0
    forEachCluster(inRow: row) { start, cluster in
      guard cluster.end <= offset else { return false }
      column += cluster.columns
      return true
    }
    return Position(column: min(column, columns), row: row)
  }

  /// The cluster at a cell, for a click or a cursor: right of a row, the position before its line
  /// end or its last cluster; above the rows the start of the text, below them its end.
  public func offset(at position: Position) -> Int {
    guard position.row >= 0 else { return 0 }
    guard position.row < starts.count else { return utf8Count }
    let range = utf8Range(ofRow: position.row)
    var column = 0
    var result = range.lowerBound
    let isLast = position.row == starts.count - 1
    // A cluster may be wider than a narrow row; positions after it were clamped to the edge.
    let target = position.column < columns ? position.column : .max
    forEachCluster(inRow: position.row) { start, cluster in
      result = start
      column += cluster.columns
      let isPassed = column <= target && cluster.kind != .lineEnd
      if isPassed, isLast { result = cluster.end }
      return isPassed
    }
    return result
  }

  /// The largest cluster boundary at or before an offset.
  public func boundary(atOrBefore offset: Int) -> Int {
    guard offset < utf8Count else { return utf8Count }
    var result = utf8Range(ofRow: row(of: max(0, offset))).lowerBound
    forEachCluster(inRow: row(of: max(0, offset))) { start, cluster in
      guard start <= offset else { return false }
      result = start
      return true
    }
    return result
  }

  /// The next cluster boundary after an offset; the end of the text itself at the end.
  public func boundary(after offset: Int) -> Int {
    var result = utf8Count
    forEachCluster(inRow: row(of: max(0, offset))) { start, cluster in
      result = cluster.end
      return cluster.end <= offset
    }
    return result
  }

  /// The next cluster boundary before an offset; the start of the text itself at the start.
  public func boundary(before offset: Int) -> Int {
    offset <= 0 ? 0 : boundary(atOrBefore: min(offset, utf8Count) - 1)
  }

  /// Visits the clusters of a row in order while `body` returns true.
  func forEachCluster(inRow row: Int, _ body: (_ start: Int, ScannedCluster) -> Bool) {
    let range = utf8Range(ofRow: row)
    let bytes = text.utf8Span.span
    var offset = range.lowerBound
    while offset < range.upperBound {
      let cluster = scanCluster(text, bytes, at: offset, isPlain: isPlain)
      guard body(offset, cluster) else { return }
      offset = cluster.end
    }
  }
}

extension TextLayout {
  /// Compares bytes, because String's `==` treats composed and decomposed letters as equal.
  public static func == (a: TextLayout, b: TextLayout) -> Bool {
    a.columns == b.columns && a.isPlain == b.isPlain && a.starts == b.starts
      && a.text.utf8.elementsEqual(b.text.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(starts) }
}

// MARK: - What a row shows

extension TextLayout {
  /// A glyph in a row and the range of its bytes. The glyphs of a longer mark (`<200B>`) all have
  /// the range of its cluster.
  public struct PlacedGlyph: Sendable, Hashable {
    public let utf8Range: Range<Int>
    public let column: Int
    public let glyph: Glyph
  }

  /// The glyphs of a row from left to right; empty for a missing row.
  public func glyphs(inRow row: Int) -> [PlacedGlyph] {
    var column = 0
    var placed: [PlacedGlyph] = []
    forEachCluster(inRow: row) { start, cluster in
      guard cluster.kind != .lineEnd, column < columns else { return false }
      for glyph in DisplaySafe.glyphs(of: substring(start..<cluster.end), isPlain: isPlain) {
        placed.append(PlacedGlyph(utf8Range: start..<cluster.end, column: column, glyph: glyph))
        column += glyph.columns
      }
      return true
    }
    return placed
  }

  /// The text in a range of offsets that are scalar boundaries.
  func substring(_ range: Range<Int>) -> Substring {
    let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
    return text[start..<text.utf8.index(start, offsetBy: range.count)]
  }
}

extension Frame {
  /// Draws one row of a layout; `style` returns the style of a glyph's bytes.
  public mutating func write(
    row: Int, of layout: TextLayout, at position: Position,
    style: (_ utf8Range: Range<Int>) -> Style = { _ in Style() }
  ) {
    for placed in layout.glyphs(inRow: row) where placed.column < layout.columns {
      let place = Position(column: position.column + placed.column, row: position.row)
      let space = layout.columns - placed.column
      write([placed.glyph], at: place, style: style(placed.utf8Range), space)
    }
  }
}

// MARK: - Wrapping

extension TextLayout {
  /// Replaces bytes; the range is clamped to the text and extended to whole scalars. Only nearby
  /// rows are wrapped again, until the old breaks fit again.
  public mutating func replace(_ range: Range<Int>, with new: String) {
    let lower = scalarBoundary(range.lowerBound, step: -1)
    let upper = scalarBoundary(max(lower, range.upperBound), step: 1)
    let start = text.utf8.index(text.startIndex, offsetBy: lower)
    let end = text.utf8.index(start, offsetBy: upper - lower)
    // A row depends on the part that wrapped to the next one, and on the cluster after that.
    let firstRow = max(0, row(of: lower) - 4)
    if lower == utf8Count {
      text += new  // in place, where replacing would copy the text
    } else {
      text.replaceSubrange(start..<end, with: new)
    }
    text.makeContiguousUTF8()
    let newEnd = lower + new.utf8.count
    let delta = newEnd - upper
    var fresh: [Int] = []
    var old = firstRow + 1
    var fits = false
    wrap(from: starts[firstRow]) { start in
      while old < starts.count, starts[old] < upper || starts[old] + delta < start { old += 1 }
      fits = start >= newEnd && old < starts.count && starts[old] + delta == start
      if !fits { fresh.append(start) }
      return !fits
    }
    let kept = fits ? starts[old...].map { $0 + delta } : []
    starts.replaceSubrange((firstRow + 1)..., with: fresh + kept)
  }

  private func scalarBoundary(_ offset: Int, step: Int) -> Int {
    let bytes = text.utf8Span.span
    var offset = max(0, min(offset, bytes.count))
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += step }
    return offset
  }

  /// Finds the starts of the rows after the one at `first`, while `body` returns true.
  private func wrap(from first: Int, _ body: (Int) -> Bool) {
    let bytes = text.utf8Span.span
    var start = first
    while start < bytes.count {
      let (end, opensRow) = rowEnd(from: start, bytes)
      guard end < bytes.count || opensRow, body(end) else { return }
      start = end
    }
  }

  /// The end of the row at `start`, and whether another row follows even at the text's end.
  private func rowEnd(from start: Int, _ bytes: Span<UInt8>) -> (end: Int, opensRow: Bool) {
    var column = 0
    var offset = start
    var lastBreak: Int?
    while offset < bytes.count {
      // Most text is ASCII next to ASCII, where each character is a cluster of one column.
      while column < columns, offset + 1 < bytes.count, bytes[offset + 1] < 0x80,
        bytes[offset] > 0x20, bytes[offset] < 0x7F
      {
        column += 1
        offset += 1
      }
      let cluster = scanCluster(text, bytes, at: offset, isPlain: isPlain)
      if cluster.kind == .lineEnd { return (cluster.end, true) }
      if column + cluster.columns > columns, offset > start {
        guard cluster.kind == .space else {
          return (cluster.kind == .wide ? offset : lastBreak ?? offset, false)
        }
        guard cluster.end < bytes.count else { return (cluster.end, true) }
        let next = scanCluster(text, bytes, at: cluster.end, isPlain: isPlain)
        return (next.kind == .lineEnd ? next.end : cluster.end, true)
      }
      if cluster.kind == .wide, offset > start { lastBreak = offset }
      column += cluster.columns
      offset = cluster.end
      if cluster.kind != .word { lastBreak = offset }
    }
    return (offset, false)
  }
}
