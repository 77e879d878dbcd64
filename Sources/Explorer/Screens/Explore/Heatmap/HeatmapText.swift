internal import Attribution
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// The text on the screen and the ranges of its units.
///
/// The text is always the present one. An older explanation paints only what has not been edited
/// since.
struct HeatmapText {
  let layout: TextLayout
  /// In ascending order, without overlaps, in offsets of the layout's text.
  private(set) var spans: [(range: Range<Int>, unit: Int)]
  /// The number of screen rows per row of text.
  let rowHeight: Int
  /// Special tokens that are inserted into the text: the offset and the length of each, in bytes.
  private var insertions: [(offset: Int, bytes: Int)] = []

  init(_ state: State, columns: Int) {
    rowHeight = state.heatRowHeight
    guard let shown = state.explanations.shown else {
      layout = Self.layout(of: state, columns)
      spans = []
      return
    }
    if shown.map.units.contains(where: { $0.mark != nil }), !state.isShownStale {
      let marked = MarkedText(shown, isPlain: state.terminal.abilities.isPlain)
      layout = TextLayout(marked.text, columns: columns, isPlain: state.terminal.abilities.isPlain)
      spans = marked.spans
      insertions = marked.insertions
      return
    }
    layout = Self.layout(of: state, columns)
    spans = Self.spans(of: shown, in: state)
  }

  /// The editor's own layout if it is equally wide.
  private static func layout(of state: State, _ columns: Int) -> TextLayout {
    !state.document.isPair && state.document.editor.layout.columns == columns
      && state.document.editor.layout.isPlain == state.terminal.abilities.isPlain
      ? state.document.editor.layout
      : TextLayout(
        state.document.text, columns: columns, isPlain: state.terminal.abilities.isPlain)
  }

  private static func spans(
    of shown: Explanation, in state: State
  ) -> [(range: Range<Int>, unit: Int)] {
    let ranges = state.explanations.carried ?? shown.map.units.map { $0.utf8Range }
    let bytes = Array(state.document.text.utf8)
    var spans: [(range: Range<Int>, unit: Int)] = []
    for (index, (unit, range)) in zip(shown.map.units, ranges).enumerated() where unit.mark == nil {
      guard let range, range.lowerBound >= 0, range.upperBound <= bytes.count else { continue }
      // White space is painted only inside a unit, unless the unit is nothing else.
      let trimmed = bytes.trimmed(range)
      let start = max(trimmed.lowerBound, spans.last?.range.upperBound ?? 0)
      if start < trimmed.upperBound { spans.append((start..<trimmed.upperBound, index)) }
    }
    return spans
  }

  /// Converts an offset of the layout's text to the typed text.
  func typedOffset(_ offset: Int) -> Int {
    guard !insertions.isEmpty else { return offset }
    return insertions.prefix { $0.offset < offset }.reduce(offset) { $0 - $1.bytes }
  }

  /// The row of text that contains an offset of the typed text.
  func row(ofTyped offset: Int) -> Int {
    var (shift, place) = (0, offset)
    for insertion in insertions where insertion.offset - shift <= offset {
      shift += insertion.bytes
      place = offset + shift
    }
    return layout.row(of: min(place, layout.utf8Count))
  }

  /// The unit at an offset of the layout's text.
  func unit(at offset: Int) -> Int? { span(at: offset)?.unit }

  func span(at offset: Int) -> (range: Range<Int>, unit: Int)? {
    let index = spans.partitioningIndex { $0.range.upperBound > offset }
    guard let span = spans.element(at: index), span.range.contains(offset) else { return nil }
    return span
  }

  /// The row of text in which a unit begins.
  func row(of unit: Int) -> Int? {
    spans.first { $0.unit == unit }.map { layout.row(of: $0.range.lowerBound) }
  }

  /// The unit a number of rows further, nearest to the same column.
  func unit(rows: Int, from unit: Int) -> Int? {
    guard let span = spans.first(where: { $0.unit == unit }) else { return spans.first?.unit }
    let position = layout.position(of: span.range.lowerBound)
    let target = max(0, min(position.row + rows, layout.rowCount - 1))
    let inRow = spans.filter { layout.row(of: $0.range.lowerBound) == target }
    return inRow.min { a, b in
      abs(layout.position(of: a.range.lowerBound).column - position.column)
        < abs(layout.position(of: b.range.lowerBound).column - position.column)
    }?.unit
  }
}

extension State {
  /// The number of screen rows per row of the painted text.
  var heatRowHeight: Int {
    (terminal.showsSignRow || explore.showsValues ? 2 : 1) + (showsTrajectoryRow ? 1 : 0)
      + (openedRationale.isEmpty ? 0 : 1)
  }
}

/// The text with its special tokens inserted.
private struct MarkedText {
  var text = ""
  var spans: [(range: Range<Int>, unit: Int)] = []
  var insertions: [(offset: Int, bytes: Int)] = []

  init(_ shown: Explanation, isPlain: Bool) {
    let bytes = Array(shown.text.utf8)
    var result: [UInt8] = []
    var position = 0
    func copy(to end: Int) {
      guard end > position, end <= bytes.count else { return }
      result += bytes[position..<end]
      position = end
    }
    for (index, unit) in shown.map.units.enumerated() {
      copy(to: unit.utf8Range.lowerBound)
      let start = result.count
      if let mark = unit.mark {
        result += Array((isPlain ? "[\(mark)]" : "‹\(mark)›").utf8)
        spans.append((start..<result.count, index))
        result.append(0x20)
        insertions.append((start, result.count - start))
      } else {
        copy(to: unit.utf8Range.upperBound)
        if result.count > start { spans.append((result.trimmed(start..<result.count), index)) }
      }
    }
    copy(to: bytes.count)
    text = String(decoding: result, as: UTF8.self)
  }
}
