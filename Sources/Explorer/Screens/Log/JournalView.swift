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

  func draw(on picture: inout Picture) {
    if figures.size.rows > 0 { drawFigures(&picture) }
    let journal = state.journal
    let top = state.firstEntry(rows: rows)
    let inner = picture.frame.box(
      list, title: "Log", note: "\(Numerals.grouped(journal.entries.count)) entries",
      isFocused: true)
    picture.mark(list, as: .own(OwnTarget(LogTarget.list)))
    let count = journal.entries.count
    picture.frame.scrollMark(top..<min(count, top + rows), of: count, in: list)
    for (line, entry) in journal.entries.dropFirst(top).prefix(rows).enumerated() {
      let row = inner.origin.row + line
      let left = inner.origin.column
      picture.frame.write(
        Numerals.fixed(Float(entry.seconds), 2) + " s",
        endingBefore: Position(column: left + 11, row: row), style: Style(.dim))
      picture.frame.write(
        entry.kind.rawValue, at: Position(column: left + 13, row: row),
        style: Style(entry.kind == .problem ? .error : .key))
      picture.frame.write(
        entry.text, at: Position(column: left + 22, row: row),
        maxColumns: max(0, inner.size.columns - 23), hasEllipsis: true)
    }
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
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
    for sight in KeyTiming.Sight.allCases {
      guard let times = journal.times(to: sight) else { continue }
      lines.append(
        (
          "key to \(sight.rawValue)",
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

private enum LogTarget: ScreenTarget { case list }
