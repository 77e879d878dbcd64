internal import Reports
internal import TerminalUI

/// Draws the Log screen: the cost of frames and keys, and the list of events.
struct JournalView {
  @Shared private var state: State
  private let layout: Layout

  init(_ state: State) {
    _state = Shared(wrappedValue: state)
    layout = Layout(state)
  }

  private var figures: Rect {
    let rows = layout.kind == .small ? 0 : 7
    return Rect(column: 0, row: 1, columns: layout.size.columns, rows: rows)
  }

  private var list: Rect {
    let top = figures.origin.row + figures.size.rows
    return Rect(
      column: 0, row: top, columns: layout.size.columns, rows: max(0, layout.size.rows - 2 - top))
  }

  /// The number of visible entries.
  var rows: Int { max(0, list.size.rows - 2) }

  /// The columns where the parts of a line begin, from the inner edge of the box.
  private static let timeColumn = 1
  private var kindColumn: Int { showsSeconds ? 23 : 11 }
  private var textColumn: Int { kindColumn + 9 }
  /// Whether there is room for the time since the start, beside the time of day.
  private var showsSeconds: Bool { layout.size.columns >= 110 }

  /// The width of an entry's text.
  var textColumns: Int { max(0, layout.size.columns - 2 - textColumn - 1) }

  /// The width of the longest visible text.
  var longest: Int {
    let visible = state.entriesInSight(rows: rows).visible
    return state.journal.entries[visible].map { DisplaySafe.columns(of: $0.text) }.max() ?? 0
  }

  func draw(on picture: inout Picture) {
    if figures.size.rows > 0 { drawFigures(&picture) }
    let entries = state.journal.entries
    let (visible, selected) = state.entriesInSight(rows: rows)
    let inner = picture.frame.box(
      list, title: "Log", note: Numerals.count(entries.count, "entry", "entries"),
      isFocused: true)
    picture.frame.scrollMark(visible, of: entries.count, in: list)
    let left = state.journalLeft(longest: longest, columns: textColumns)
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
    for (line, index) in visible.enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + line, columns: inner.size.columns,
        rows: 1)
      draw(entries[index], from: left, in: rect, &picture)
      picture.mark(rect, as: .own(OwnTarget(LogTarget.entry(index))))
      guard index == selected else { continue }
      // Only the columns before the text are highlighted: highlighting the text, too, would send
      // two whole lines to the terminal for each key.
      picture.select(
        Rect(
          column: rect.origin.column, row: rect.origin.row,
          columns: min(rect.size.columns, textColumn - 1), rows: 1))
    }
  }

  private func draw(
    _ entry: Journal.Entry, from left: Int, in rect: Rect, _ picture: inout Picture
  ) {
    func place(_ column: Int) -> Position {
      Position(column: rect.origin.column + column, row: rect.origin.row)
    }
    picture.frame.write("\(entry.time)", at: place(Self.timeColumn), style: Style(.dim))
    if showsSeconds {
      picture.frame.write(
        Numerals.fixed(Float(entry.seconds), 2) + " s", endingBefore: place(kindColumn - 2),
        style: Style(.dim))
    }
    picture.frame.write(
      entry.kind.rawValue, at: place(kindColumn),
      style: Style(entry.kind == .problem ? .error : .key))
    picture.frame.write(
      entry.text.scrolled(by: left, state.signs.cut), at: place(textColumn),
      maxColumns: textColumns, hasEllipsis: true)
  }

  private func drawFigures(_ picture: inout Picture) {
    let inner = picture.frame.box(figures, title: "Cost", note: "of the last \(Journal.window)")
    let journal = state.journal
    var lines: [(String, String)] = []
    if let median = journal.medianFrame {
      lines.append(
        (
          "frames",
          "\(Numerals.grouped(journal.frameCount))   median \(Numerals.bytes(median))   largest "
            + "\(Numerals.bytes(journal.largestFrame))   all \(Numerals.bytes(journal.byteCount))"
        ))
    }
    for milestone in KeyTiming.Milestone.allCases {
      guard let times = journal.times(to: milestone) else { continue }
      lines.append(
        (
          "key to \(milestone.rawValue)",
          "median \(Numerals.duration(seconds: times.median))   largest "
            + Numerals.duration(seconds: times.largest)
        ))
    }
    for (line, entry) in lines.prefix(inner.size.rows).enumerated() {
      let row = inner.origin.row + line
      picture.frame.write(
        entry.0, at: Position(column: inner.origin.column + 1, row: row), style: Style(.dim))
      picture.frame.write(
        entry.1, at: Position(column: inner.origin.column + 20, row: row),
        maxColumns: inner.size.columns - 20)
    }
  }
}

extension String {
  /// The text from a column on, beginning with a sign for the part that is left out.
  fileprivate func scrolled(by columns: Int, _ cut: String) -> String {
    guard columns > 0, !isEmpty else { return self }
    var (index, passed) = (startIndex, 0)
    while index < endIndex, passed <= columns {
      passed += DisplaySafe.columns(of: String(self[index]))
      index = self.index(after: index)
    }
    return cut + String(repeating: " ", count: max(0, passed - columns - 1)) + self[index...]
  }
}
