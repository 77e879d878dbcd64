internal import Classifiers
internal import Reports
internal import TerminalUI

/// Draws the tokens as a table: the score, the prediction without the token, and a bar to either
/// side.
struct TokensView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let isFocused = state.explore.focus == .tokens
    picture.mark(rect, as: .explore(.pane(.tokens)))
    let inner = LowerPaneTabs(state: state, rect: rect).draw(
      note: note, isFocused: isFocused, on: &picture)
    guard let shown = state.explanations.shown, !state.isShownStale || !shown.map.units.isEmpty,
      inner.size.rows > 1, inner.size.columns >= 40
    else { return }
    let columns = TableColumns(inner)
    drawHead(columns, inner.origin.row, &picture)
    let top = max(0, min(state.explore.tokensTop, state.listedUnits.count - inner.size.rows + 1))
    let count = state.listedUnits.count
    picture.frame.scrollMark(
      top..<min(count, top + inner.size.rows - 1), of: count, in: rect)
    let digits = digits
    for (line, unit) in state.visibleUnits(rows: inner.size.rows - 1).enumerated() {
      draw(unit, of: shown, columns, digits, row: inner.origin.row + 1 + line, inner, &picture)
    }
  }

  private var note: String {
    guard state.explanations.shown != nil else { return "" }
    if state.isShownStale || state.isShownReplaced { return state.signs.stale }
    return state.explore.tokenOrder == .score
      ? (state.isShownSigned ? "by |score|" : "by score") : "as in the text"
  }

  /// The number of digits for the table's probabilities, enough to tell each from that of the whole
  /// text.
  private var digits: Int {
    guard let target = state.shownClass, !state.document.isBlank,
      let now = state.predictions.latest?.prediction.probabilities.element(at: target)
    else { return 2 }
    let values = state.visibleUnits(rows: max(0, rect.size.rows - 3)).compactMap { index in
      state.explanations.shown?.map.units.element(at: index)
        .flatMap { state.probabilities(without: $0)?.element(at: target) }
    }
    let all = [now] + values.filter(\.isFinite)
    let spread = (all.max() ?? 0) - (all.min() ?? 0)
    let telling = spread > 0 ? (2...4).first { spread * [100, 1000, 10_000][$0 - 2] >= 5 } ?? 4 : 2
    return min(5, max(telling, state.digits(of: all)))
  }

  private func drawHead(_ columns: TableColumns, _ row: Int, _ picture: inout Picture) {
    let style = Style(.dim)
    let scale = Numerals.score(state.scaleValue, isSigned: false)
    picture.frame.write("#", endingBefore: Position(column: columns.number, row: row), style: style)
    picture.frame.write("token", at: Position(column: columns.token, row: row), style: style)
    picture.frame.write(
      "score", endingBefore: Position(column: columns.score, row: row), style: style)
    picture.frame.write(
      state.isRegression ? "without" : "p without",
      endingBefore: Position(column: columns.without, row: row), style: style)
    let end = Position(column: columns.bar + columns.barColumns, row: row)
    picture.frame.write(
      state.isShownSigned ? "+" + scale : scale, endingBefore: end, style: style)
    picture.frame.write(
      state.isShownSigned ? "-" + scale : "0", at: Position(column: columns.bar, row: row),
      style: style)
  }

  private func draw(
    _ index: Int, of shown: Explanation, _ columns: TableColumns, _ digits: Int, row: Int,
    _ inner: Rect, _ picture: inout Picture
  ) {
    guard let unit = shown.map.units.element(at: index) else { return }
    let at = { (column: Int) in Position(column: column, row: row) }
    picture.frame.write("\(index + 1)", endingBefore: at(columns.number), style: Style(.dim))
    if let letter = state.letter(of: unit) {
      picture.frame.write(letter, at: at(columns.token - 1), style: Style(.key))
    }
    picture.frame.write(
      state.text(of: unit, in: shown), at: at(columns.token + (state.document.isPair ? 1 : 0)),
      style: Style(unit.mark == nil ? .text : .mark),
      maxColumns: columns.tokenColumns - (state.document.isPair ? 1 : 0))
    picture.frame.write(
      Numerals.score(unit.score, isSigned: state.isShownSigned), endingBefore: at(columns.score))
    if let target = state.shownClass,
      let without = state.probabilities(without: unit)?.element(at: target)
    {
      picture.frame.write(
        Numerals.fixed(without, digits), endingBefore: at(columns.without), style: Style(.dim))
    }
    let share = state.scaleValue > 0 ? unit.score / state.scaleValue : 0
    if state.isShownSigned {
      picture.frame.signedBar(
        share, at: at(columns.bar), columns: columns.barColumns)
    } else {
      picture.frame.bar(share, at: at(columns.bar), columns: columns.barColumns)
    }
    let line = Rect(column: inner.origin.column, row: row, columns: inner.size.columns, rows: 1)
    picture.mark(line, as: .explore(.unit(index)))
    guard index == state.currentUnit else { return }
    if state.explore.focus == .tokens {
      picture.select(
        Rect(
          column: line.origin.column, row: row,
          columns: columns.token + columns.tokenColumns - line.origin.column, rows: 1))
    }
    picture.frame.write(state.signs.chosen, at: at(inner.origin.column))
  }
}

/// The positions of the table's columns; `number`, `score` and `without` are right edges.
private struct TableColumns {
  let number, token, tokenColumns, score, without, bar, barColumns: Int

  init(_ inner: Rect) {
    let start = inner.origin.column
    number = start + 6
    token = number + 2
    let rest = inner.size.columns - 8 - 10 - 12 - 2
    tokenColumns = max(6, min(20, rest / 2))
    score = token + tokenColumns + 10
    without = score + 12
    bar = without + 3
    let space = start + inner.size.columns - 1 - bar
    barColumns = max(1, space - (space + 1) % 2)
  }
}

/// Draws the strongest tokens in a few lines, if there is no room for a table.
struct TokenLinesView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    picture.mark(rect, as: .explore(.pane(.tokens)))
    let inner = LowerPaneTabs(state: state, rect: rect).draw(
      note: "Tab: classes, explainers, trust", isFocused: state.explore.focus == .tokens,
      on: &picture)
    guard let shown = state.explanations.shown, inner.size.rows > 1 else { return }
    let lines = inner.size.rows - 1
    let left = inner.origin.column + 1
    let edge = inner.origin.column + inner.size.columns
    var place = Position(column: left, row: inner.origin.row)
    let units = state.listedUnits
    var drawn = 0
    let first = max(0, (units.firstIndex(of: state.currentUnit ?? -1) ?? 0) - 6)
    for index in units.dropFirst(state.explore.focus == .tokens ? first : 0) {
      guard let unit = shown.map.units.element(at: index) else { continue }
      let word = state.text(of: unit, in: shown).trimmed(to: 20, state.signs.ellipsis)
      let text = word + " " + Numerals.score(unit.score, isSigned: state.isShownSigned)
      let columns = DisplaySafe.columns(of: text, isPlain: picture.frame.isPlain)
      if place.column + columns > edge {
        place = Position(column: left, row: place.row + 1)
        if place.row >= inner.origin.row + lines { break }
      }
      draw(index, text, at: place, columns, &picture)
      place.column += columns + 2
      drawn += 1
    }
    picture.frame.cutMark(drawn, of: units.count, in: rect)
    InspectorLines(state).drawOneLine(
      at: Position(column: left, row: inner.origin.row + inner.size.rows - 1),
      columns: inner.size.columns - 1, on: &picture)
  }

  private func draw(
    _ index: Int, _ text: String, at place: Position, _ columns: Int, _ picture: inout Picture
  ) {
    let isSelected = state.explore.focus == .tokens && index == state.currentUnit
    picture.frame.write(text, at: place, style: Style(isSelected ? .selection : .text))
    let rect = Rect(column: place.column, row: place.row, columns: columns, rows: 1)
    picture.mark(rect, as: .explore(.unit(index)))
    if isSelected, picture.frame.isPlain { picture.frame.cursor = place }
  }
}

extension State {
  /// The units on the visible lines of the token table.
  func visibleUnits(rows: Int) -> [Int] {
    let units = listedUnits
    guard rows > 0, !units.isEmpty else { return [] }
    let top = max(0, min(explore.tokensTop, units.count - rows))
    return Array(units[top..<min(units.count, top + rows)])
  }

  /// The units that the table shows in the present layout.
  var visibleTableUnits: [Int] { visibleUnits(rows: ExploreLayout(self).tableRows) }
}
