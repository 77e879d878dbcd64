internal import Attribution
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Draws the page of interactions between the words of two texts: two sentences, and a grid of the
/// interactions painted like the map.
struct InteractionsView {
  let state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    guard let found = state.findings.results.interactions else {
      return write(
        state.document.isPair ? state.interactionsInProgress : Self.oneText(state),
        row: 0, Style(.dim), &picture)
    }
    let grid = InteractionsGrid(found, state: state)
    var row = 0
    let columns = rect.size.columns - 2
    let texts = [
      (grid.reading, Style(), max(1, rect.size.rows / 3)),
      (state.interactionMethodNote, Style(.dim), max(1, rect.size.rows / 5)),
    ]
    for (text, style, rows) in texts {
      let lines = text.wrapped(columns: columns)
        .limited(rows: rows, columns: columns, state.signs.ellipsis)
      for line in lines {
        write(line, row: row, style, &picture)
        row += 1
      }
    }
    let area = Rect(
      column: rect.origin.column + 1, row: rect.origin.row + row,
      columns: rect.size.columns - 2, rows: rect.size.rows - row)
    guard area.size.rows > 0 else { return }
    grid.draw(in: area, first: state.findings.list(.interactions).first, &picture)
  }

  /// What to do if there is only one text.
  static func oneText(_ state: State) -> String {
    "This needs two texts: \(state.keyOfSecondText) opens a second one."
  }

  private func write(_ text: String, row: Int, _ style: Style, _ picture: inout Picture) {
    guard row < rect.size.rows else { return }
    picture.frame.write(
      text, at: Position(column: rect.origin.column + 1, row: rect.origin.row + row), style: style,
      maxColumns: rect.size.columns - 2, hasEllipsis: true)
  }
}

/// A grid of interactions: the words of the first text are rows, those of the second are columns.
struct InteractionsGrid {
  static let labelColumns = 15

  private let found: PairInteractions.Result
  private let state: State
  private let scale: Float
  /// The words with the strongest interactions come first.
  private let rowOrder: [Int]
  private let columnOrder: [Int]

  init(_ found: PairInteractions.Result, state: State) {
    self.found = found
    self.state = state
    func order(_ words: Range<Int>, _ values: (Int) -> [Double]) -> [Int] {
      let strongest = words.map { values($0).map { abs($0) }.max() ?? 0 }
      return words.sorted {
        strongest[$0] == strongest[$1] ? $0 < $1 : strongest[$0] > strongest[$1]
      }
    }
    rowOrder = order(found.first.indices) { found.values[$0] }
    columnOrder = order(found.second.indices) { column in found.values.map { $0[column] } }
    scale = found.values.joined().map { abs(Float($0)) }.filter(\.isFinite).max() ?? 0
  }

  /// A sentence about the strongest pair, which shows how to read the others.
  var reading: String {
    guard let best = found.ranking.first, scale > 0 else {
      return found.first.isEmpty || found.second.isEmpty
        ? "Each text needs a word." : "No two words of the texts interact."
    }
    guard hasNumbers else {
      return "No two words of the texts interact by more than \(Numerals.bound(scale)): each "
        + "speaks for \(target) as it does alone."
    }
    let value = Float(found.values[best.first][best.second])
    let (a, b) = (name(found.first[best.first], of: 0), name(found.second[best.second], of: 1))
    let comparison = value > 0 ? "more" : "less"
    return "\(a) \(state.signs.times) \(b) \(Numerals.score(value, isSigned: true)): together they "
      + "speak \(comparison) for \(target) than each does alone. \(rest)"
  }

  private var target: String {
    state.targetClass.flatMap { state.summary?.className($0) } ?? ""
  }

  /// Whether at least one cell is not rounded to nothing.
  private var hasNumbers: Bool { state.interactionText(scale) != state.signs.none }

  private var rest: String {
    "Rows: the strongest words of \(state.name(ofPart: 0)); columns: those of "
      + "\(state.name(ofPart: 1))."
  }

  private func name(_ word: PairInteractions.Word, of part: Int) -> String {
    text(word, of: part).trimmed(to: 20, state.signs.ellipsis)
  }

  /// The word as it is typed: a tokenizer may change it.
  private func text(_ word: PairInteractions.Word, of part: Int) -> String {
    let texts = state.document.texts
    let typed = part == 0 ? texts.text : texts.pair ?? ""
    return typed.utf8Text(typed.utf8Trimmed(word.utf8Range))
  }

  /// The number of rows: the head and one per word; 0 if no cell has a number.
  var rows: Int { hasNumbers ? found.first.count + 1 : 0 }

  func draw(in area: Rect, first: Int, _ picture: inout Picture) {
    guard hasNumbers else { return }
    let label = min(Self.labelColumns, area.size.columns / 3)
    let count = max(1, found.second.count)
    let width = max(6, min(12, (area.size.columns - label) / count))
    let seen = columnOrder.prefix(max(1, (area.size.columns - label) / width))
    for (index, word) in seen.enumerated() {
      picture.frame.write(
        name(found.second[word], of: 1),
        at: Position(column: area.origin.column + label + index * width, row: area.origin.row),
        style: Style(.dim), maxColumns: width - 1, hasEllipsis: true)
    }
    let visible = rowOrder.dropFirst(first).prefix(max(0, area.size.rows - 1))
    for (line, row) in visible.enumerated() {
      let place = Position(column: area.origin.column, row: area.origin.row + 1 + line)
      picture.frame.write(
        name(found.first[row], of: 0), at: place, style: Style(.text), maxColumns: label - 1,
        hasEllipsis: true)
      for (index, column) in seen.enumerated() {
        let value = Float(found.values[row][column])
        let level = HeatLevel.level(of: value, scale: scale)
        let text = state.interactionText(value)
        picture.frame.write(
          " " + text + " ",
          at: Position(column: place.column + label + index * width, row: place.row),
          style: level == 0 ? Style(.dim) : Style(.heat(level)), maxColumns: width - 1)
      }
    }
  }

  /// The pairs as rows of a table, the strongest first.
  var table: ExportedTable {
    ExportedTable(
      title: "", header: ["A", "B", "interaction"],
      rows: found.ranking.map { pair in
        [
          text(found.first[pair.first], of: 0), text(found.second[pair.second], of: 1),
          Numerals.plain(Float(found.values[pair.first][pair.second])),
        ]
      })
  }
}

extension State {
  /// A number short enough for a cell: `+.41`.
  fileprivate func interactionText(_ value: Float) -> String {
    let text =
      abs(value) < 0.995
      ? Numerals.fixed(abs(value), 2).dropFirst() : Numerals.fixed(abs(value), 1)[...]
    return text == ".00" ? signs.none : (value < 0 ? "-" : "+") + text
  }
}

extension Signs {
  /// The sign between two words that interact.
  var times: String { isPlain ? "x" : "×" }
}
