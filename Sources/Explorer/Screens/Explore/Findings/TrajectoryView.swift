internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI

/// Draws the probability after each word as a chart, and the word at which the decision fell.
struct TrajectoryView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let left = rect.origin.column + 1
    guard let found = state.findings.results.trajectory else {
      let text =
        state.document.text.isEmpty ? "no words yet" : "measuring the words one by one"
      picture.frame.write(
        text, at: Position(column: left, row: rect.origin.row), style: Style(.dim),
        maxColumns: rect.size.columns - 2)
      return
    }
    drawHeadline(
      found, at: Position(column: left, row: rect.origin.row), columns: rect.size.columns - 2,
      &picture)
    let last = rect.origin.row + rect.size.rows - 1
    if rect.size.rows > 2 { drawChart(found, &picture) }
    if rect.size.rows > 1 {
      picture.frame.write(
        footer(found), at: Position(column: left, row: last), style: Style(.dim),
        maxColumns: rect.size.columns - 2, hasEllipsis: true)
    }
  }

  private var target: Int { state.targetClass ?? 0 }

  /// Draws the headline; the part about the decision has the colour of its column.
  private func drawHeadline(
    _ found: PrefixTrajectory.Result, at place: Position, columns: Int, _ picture: inout Picture
  ) {
    let decision = state.decisionSentence
    let used = picture.frame.write(
      range(found) + (decision == nil ? "" : "; "), at: place, maxColumns: columns,
      hasEllipsis: true)
    guard let decision, used < columns else { return }
    picture.frame.write(
      decision, at: Position(column: place.column + used, row: place.row),
      style: Style((found.decidedAt ?? -1) < 0 ? .text : .notice), maxColumns: columns - used,
      hasEllipsis: true)
  }

  private func range(_ found: PrefixTrajectory.Result) -> String {
    let start = found.start?.element(at: target).map { state.answer($0) }
    let end = found.points.last.flatMap { $0?.element(at: target) }.map { state.answer($0) }
    var text = state.quantityName(of: target)
    if let start { text += " \(start)" }
    if let end { text += " \(state.signs.arrow) \(end)" }
    return text
  }

  private func footer(_ found: PrefixTrajectory.Result) -> String {
    guard let word = state.trajectoryWord, let point = found.points[word]?.element(at: target)
    else {
      return "the arrows go through the words"
    }
    let before = word == 0 ? found.start : found.points[word - 1]
    let text = state.document.text.utf8Text(found.words[word]).trimmed(
      to: 24, state.signs.ellipsis)
    let change =
      before?.element(at: target).map { " (\(state.difference(from: $0, to: point)))" } ?? ""
    return "after \(text), word \(word + 1) of \(found.words.count): \(state.answer(point))"
      + change
  }

  /// Draws bars in eighths of a row, one or more columns per word; if there are more words than
  /// columns, each column is the mean of several words.
  private func drawChart(_ found: PrefixTrajectory.Result, _ picture: inout Picture) {
    // The words have their own row if the bars keep enough rows.
    let hasWords = rect.size.rows >= 6
    let rows = rect.size.rows - 2 - (hasWords ? 1 : 0)
    let axis = 5
    let columns = rect.size.columns - axis - 2
    guard !found.words.isEmpty, columns > 0, rows > 0 else { return }
    let range = state.trajectoryRange(found)
    let top = rect.origin.row + 1
    let left = rect.origin.column + axis
    let dim = Style(.dim)
    picture.frame.write(
      Numerals.fixed(range.upperBound, 1), endingBefore: Position(column: left - 1, row: top),
      style: dim)
    if rows > 1 {
      picture.frame.write(
        Numerals.fixed(range.lowerBound, 1),
        endingBefore: Position(column: left - 1, row: top + rows - 1), style: dim)
    }
    let wide = max(1, min(12, columns / found.words.count))
    let count = min(columns / wide, found.words.count)
    if !state.isRegression, rows > 2 {
      drawHalf(range, Rect(column: left, row: top, columns: count * wide, rows: rows), &picture)
    }
    if hasWords, count == found.words.count {
      drawWords(found, wide, at: Position(column: left, row: top + rows), columns, &picture)
    }
    for place in 0..<count {
      let words =
        place * found.words.count
        / count..<max(
          place * found.words.count / count + 1, (place + 1) * found.words.count / count)
      let values = words.compactMap { found.points[$0]?.element(at: target) }
      guard !values.isEmpty else { continue }
      let value = values.reduce(0, +) / Float(values.count)
      let isLooked = state.trajectoryWord.map(words.contains) ?? false
      let isDecision = found.decidedAt.map(words.contains) ?? false
      let style = Style(
        isDecision ? .notice : isLooked ? .bar : .otherBar, isLooked ? .bold : [])
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      // If there is room, there is a gap between the words.
      drawColumn(
        share, at: Position(column: left + place * wide, row: top), rows: rows,
        columns: wide > 2 ? wide - 1 : wide, style, &picture)
      for word in words { mark(word, left + place * wide, top, rows, wide, found, &picture) }
    }
  }

  /// Draws a line at 0.5 behind the bars.
  private func drawHalf(
    _ range: ClosedRange<Float>, _ area: Rect, _ picture: inout Picture
  ) {
    let share = (0.5 - range.lowerBound) / (range.upperBound - range.lowerBound)
    guard share > 0, share < 1 else { return }
    let row = area.origin.row + min(area.size.rows - 1, Int((1 - share) * Float(area.size.rows)))
    let dash = picture.frame.isPlain || picture.frame.isConsole ? "-" : "┄"
    picture.frame.write(
      String(repeating: dash, count: area.size.columns),
      at: Position(column: area.origin.column, row: row), style: Style(.dim))
    if row > area.origin.row, row < area.origin.row + area.size.rows - 1 {
      picture.frame.write(
        "0.5", endingBefore: Position(column: area.origin.column - 1, row: row), style: Style(.dim))
    }
  }

  /// Draws words under their bars, as many as fit: first the current word and the word that
  /// decided, then those that changed the probability most.
  private func drawWords(
    _ found: PrefixTrajectory.Result, _ wide: Int, at place: Position, _ columns: Int,
    _ picture: inout Picture
  ) {
    let values = ([found.start] + found.points).map { $0?.element(at: target) ?? .nan }
    func change(_ word: Int) -> Float {
      let change = abs(values[word + 1] - values[word])
      return change.isFinite ? change : 0
    }
    let first = [state.trajectoryWord, found.decidedAt].compactMap(\.self)
      .filter { found.words.indices.contains($0) }
    let order =
      first + found.words.indices.filter { !first.contains($0) }.sorted { change($0) > change($1) }
    AxisWords(
      order.map { word in
        AxisWords.Word(
          text: state.document.text.utf8Text(found.words[word])
            .trimmed(to: max(wide - 1, 14), state.signs.cut),
          column: word * wide,
          style: word == state.trajectoryWord
            ? Style(.text, .bold) : Style(word == found.decidedAt ? .notice : .dim),
          mayEndThere: word == found.decidedAt)
      }
    ).draw(at: place, columns: columns, &picture)
  }

  private func mark(
    _ word: Int, _ column: Int, _ top: Int, _ rows: Int, _ wide: Int,
    _ found: PrefixTrajectory.Result, _ picture: inout Picture
  ) {
    guard
      let unit = state.explanations.shown?.map.units.firstIndex(where: {
        $0.mark == nil && $0.utf8Range.overlaps(found.words[word])
      })
    else { return }
    picture.mark(
      Rect(column: column, row: top, columns: wide, rows: rows), as: .explore(.unit(unit)))
  }

  private func drawColumn(
    _ share: Float, at place: Position, rows: Int, columns: Int, _ style: Style,
    _ picture: inout Picture
  ) {
    let blocks =
      picture.frame.isPlain
      ? Array(" ......##") : picture.frame.isConsole ? Array(" ____████") : Array(" ▁▂▃▄▅▆▇█")
    let filled = Int((max(0, min(share, 1)) * Float(rows * 8)).rounded())
    for row in 0..<rows {
      let rest = filled - (rows - 1 - row) * 8
      let block = rest <= 0 ? (row == rows - 1 ? 1 : 0) : min(8, rest)
      guard block > 0 else { continue }
      picture.frame.write(
        String(repeating: blocks[block], count: columns),
        at: Position(column: place.column, row: place.row + row), style: style)
    }
  }
}

extension State {
  /// The current word, as an index into the trajectory.
  var trajectoryWord: Int? {
    guard let found = findings.results.trajectory, let shown = explanations.shown,
      let unit = currentUnit,
      let range = shown.map.units.element(at: unit)?.utf8Range
    else { return nil }
    return found.words.firstIndex { $0.overlaps(range) }
  }

  /// `decided at dull, 5 of 5: negative`.
  var decisionSentence: String? {
    guard let found = findings.results.trajectory, let word = found.decidedAt else { return nil }
    let winner = decision(found.points.last.flatMap(\.self) ?? [])
    guard word >= 0, let range = found.words.element(at: word) else {
      return "\(winner) even before the first word"
    }
    let text = document.text.utf8Text(range).trimmed(to: 24, signs.ellipsis)
    return "decided at \(text), \(word + 1) of \(found.words.count): \(winner)"
  }

  /// The range of the chart: 0 to 1, or for a regression its own extremes.
  func trajectoryRange(_ found: PrefixTrajectory.Result) -> ClosedRange<Float> {
    answerRange(
      of: ([found.start] + found.points).compactMap { $0?.element(at: targetClass ?? 0) })
  }

  /// The height of the bar under a word of the text, 0 to 7; nil if the word has no value.
  func trajectoryStep(of range: Range<Int>) -> (step: Int, isDecision: Bool)? {
    guard let found = findings.results.trajectory,
      let word = found.words.firstIndex(where: { $0.overlaps(range) }),
      let value = found.points[word]?.element(at: targetClass ?? 0)
    else { return nil }
    let scale = trajectoryRange(found)
    let share = (value - scale.lowerBound) / (scale.upperBound - scale.lowerBound)
    guard share.isFinite else { return nil }
    return (Int((max(0, min(share, 1)) * 7).rounded()), found.decidedAt == word)
  }

  /// Whether the row of the trajectory is drawn under the text.
  var showsTrajectoryRow: Bool { findings.page == .trajectory && layer.showsMap }
}
