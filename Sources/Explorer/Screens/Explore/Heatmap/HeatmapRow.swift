internal import Attribution
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// Draws a row of the painted text: its words, and below them signs, scores or the trajectory.
struct HeatmapRow {
  @Shared var state: State
  let text: HeatmapText
  /// The part of the text that the model does not read, or does not pool.
  var truncation: CutText?
  /// The offsets at which the windows begin in which the model reads a long text.
  var seams: [Int] = []
  /// Ranges to emphasize: a phrase, or words that differ.
  var marks: [Range<Int>] = []
  /// The range that can't be parsed as a SMILES.
  var mistake: Range<Int>?
  /// Whether a click on a word selects it.
  var isClickable = true
  /// Whether the current word is emphasized.
  var showsSelection = true

  func draw(_ row: Int, at place: Position, _ picture: inout Picture) {
    var units: [RowMark] = []
    let looked = showsSelection ? state.currentUnit : nil
    let hasBrackets = looked.map { hasFreeEnds($0, in: row) } ?? false
    for glyph in text.layout.glyphs(inRow: row) {
      let span = text.span(at: glyph.utf8Range.lowerBound)
      var style = Style(glyph.glyph.isMark ? .mark : .text)
      if let span, let shown = state.explanations.shown,
        let unit = shown.map.units.element(at: span.unit)
      {
        style = state.style(of: unit)
        if state.isSwapped(unit) { style.attributes.formUnion([.bold, .underline]) }
        if span.unit == looked, state.explore.focus != .editor {
          // A word without paint can be reversed without hiding any.
          let isBare = style.role == .text && !hasBrackets
          style.attributes.formUnion(isBare ? [.reverse, .underline] : [.bold, .underline])
        } else if span.unit == looked {
          style.attributes.formUnion(.underline)
        }
        let end = glyph.column + glyph.glyph.columns
        if units.last?.unit == span.unit {
          units[units.count - 1].columns = units[units.count - 1].start..<end
        } else {
          units.append(RowMark(unit: span.unit, start: glyph.column, columns: glyph.column..<end))
        }
      }
      if isCut(glyph), style.role == .text { style.role = .dim }
      if marks.contains(where: { $0.contains(text.typedOffset(glyph.utf8Range.lowerBound)) }) {
        style.attributes.formUnion([.bold, .underline])
      }
      if mistake?.contains(text.typedOffset(glyph.utf8Range.lowerBound)) == true {
        style = Style(.error, [.bold, .underline])
      }
      let column = place.column + glyph.column
      picture.frame.write(
        glyph.glyph.text, at: Position(column: column, row: place.row), style: style)
    }
    for mark in units where isClickable {
      picture.mark(
        Rect(
          column: place.column + mark.start, row: place.row, columns: mark.columns.count,
          rows: text.rowHeight), as: .explore(.unit(mark.unit)))
      if mark.unit == looked, state.explore.focus == .heatmap, picture.frame.isPlain {
        picture.frame.cursor = Position(column: place.column + mark.start, row: place.row)
      }
    }
    for mark in units where mark.unit == looked && state.explore.focus != .editor && hasBrackets {
      drawBrackets(around: mark, place, &picture)
    }
    picture.frame.write(
      seams: seams, in: text.layout.glyphs(inRow: row), at: place, sign: state.signs.seam,
      place: text.typedOffset)
    drawRationale(row, at: place, &picture)
    let below = Position(column: place.column, row: place.row + 1)
    if state.explore.showsValues {
      drawValues(units, below, text.layout.columns, &picture)
    } else if state.terminal.showsSignRow {
      drawSigns(units, below, &picture)
      drawUnread(row, below, &picture)
    }
    guard state.showsTrajectoryRow, isClickable else { return }
    drawTrajectory(
      units, Position(column: place.column, row: place.row + text.rowHeight - 1), &picture)
  }

  /// Whether a bracket fits on both sides of a word: there is a space, or the row ends.
  private func hasFreeEnds(_ unit: Int, in row: Int) -> Bool {
    let glyphs = text.layout.glyphs(inRow: row)
    func isOfUnit(_ glyph: TextLayout.PlacedGlyph) -> Bool {
      text.span(at: glyph.utf8Range.lowerBound)?.unit == unit
    }
    guard let first = glyphs.firstIndex(where: isOfUnit),
      let last = glyphs.lastIndex(where: isOfUnit)
    else { return false }
    func isFree(_ index: Int) -> Bool {
      !glyphs.indices.contains(index) || glyphs[index].glyph.text == " "
    }
    return isFree(first - 1) && isFree(last + 1)
  }

  /// Draws `[word]`, which does not hide the word's paint.
  private func drawBrackets(
    around mark: RowMark, _ place: Position, _ picture: inout Picture
  ) {
    let ends = [("[", mark.columns.lowerBound - 1), ("]", mark.columns.upperBound)]
    for (bracket, column) in ends {
      let cell = Position(column: place.column + column, row: place.row)
      guard cell.column >= 0, picture.frame[cell].cluster == " " else { continue }
      picture.frame.write(bracket, at: cell, style: Style(.key, .bold))
    }
  }

  /// Draws a bar as high as the probability after each word; the word that decided stands out.
  private func drawTrajectory(
    _ units: [RowMark], _ place: Position, _ picture: inout Picture
  ) {
    let steps = picture.frame.heights
    for mark in units {
      guard let unit = state.explanations.shown?.map.units.element(at: mark.unit), unit.mark == nil,
        !state.isShownStale, let point = state.trajectoryStep(of: unit.utf8Range)
      else { continue }
      let isLooked = mark.unit == state.currentUnit
      picture.frame.write(
        String(repeating: steps[point.step], count: mark.columns.count),
        at: Position(column: place.column + mark.start, row: place.row),
        style: Style(
          point.isDecision ? .notice : isLooked ? .bar : .otherBar, isLooked ? .bold : []))
    }
  }

  /// Whether the model does not read the glyph, or does not pool it.
  private func isCut(_ glyph: TextLayout.PlacedGlyph) -> Bool {
    truncation?.contains(text.typedOffset(glyph.utf8Range.lowerBound)) == true
  }

  /// Draws `/` under the text that the model did not read, for screens without colours.
  private func drawUnread(_ row: Int, _ place: Position, _ picture: inout Picture) {
    guard truncation?.rest == .unread else { return }
    for glyph in text.layout.glyphs(inRow: row) where isCut(glyph) {
      picture.frame.write(
        String(repeating: "/", count: glyph.glyph.columns),
        at: Position(column: place.column + glyph.column, row: place.row), style: Style(.dim))
    }
  }

  /// Draws `+++++`, `--` or `·` under each unit.
  private func drawSigns(_ marks: [RowMark], _ place: Position, _ picture: inout Picture) {
    for mark in marks {
      guard let unit = state.explanations.shown?.map.units.element(at: mark.unit) else { continue }
      if unit.isOff {
        picture.frame.write(
          String(repeating: "x", count: mark.columns.count),
          at: Position(column: place.column + mark.start, row: place.row), style: Style(.dim))
        continue
      }
      let level = state.level(of: unit)
      let sign = level > 0 ? "+" : "-"
      let text =
        level == 0
        ? state.signs.none : String(repeating: sign, count: min(abs(level), mark.columns.count))
      picture.frame.write(
        unit.isMixed && level != 0 && mark.columns.count > text.count ? text + "~" : text,
        at: Position(column: place.column + mark.start, row: place.row),
        style: Style(level == 0 ? .dim : .text))
    }
  }

  /// Draws the scores under the units; if two would touch, only the larger one.
  private func drawValues(
    _ marks: [RowMark], _ place: Position, _ columns: Int, _ picture: inout Picture
  ) {
    let units = state.explanations.shown?.map.units ?? []
    let ranked = marks.sorted {
      abs(units.element(at: $0.unit)?.score ?? 0) > abs(units.element(at: $1.unit)?.score ?? 0)
    }
    var taken: [Range<Int>] = []
    for mark in ranked {
      guard let unit = units.element(at: mark.unit) else { continue }
      let text = state.shortScore(unit.score)
      let start = max(0, min(mark.start, columns - text.count))
      let range = start - 1..<start + text.count + 1
      guard !taken.contains(where: { $0.overlaps(range.lowerBound + 1..<range.upperBound) })
      else { continue }
      taken.append(range.lowerBound + 1..<range.upperBound)
      picture.frame.write(
        text, at: Position(column: place.column + start, row: place.row),
        style: Style(state.level(of: unit) == 0 ? .dim : .text))
    }
  }
}

/// The columns of a unit in a row.
private struct RowMark {
  var unit: Int
  var start: Int
  var columns: Range<Int>
}
