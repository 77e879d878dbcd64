internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// What annotators marked in the row of a data set that is open.
extension State {
  /// How well the map agrees with the annotators, by words: the area under the precision-recall
  /// curve.
  var openedPlausibility: Double? {
    let rationale = openedRationale
    guard !rationale.isEmpty, let shown = explanations.shown, !isShownStale else { return nil }
    let items = shown.map.units.filter { $0.mark == nil }.map { unit in
      (
        score: max(Double(unit.score), 0),
        isReason: rationale.contains { $0.overlaps(unit.utf8Range) }
      )
    }
    return items.contains(where: \.isReason) ? Plausibility.area(items) : nil
  }
}

extension HeatmapRow {
  /// `^^^^` under what people marked, below the signs and above the trajectory.
  func drawRationale(_ row: Int, at place: Position, _ picture: inout Picture) {
    let rationale = state.openedRationale
    guard !rationale.isEmpty else { return }
    let below = place.row + text.rowHeight - (state.showsTrajectoryRow ? 2 : 1)
    for glyph in text.layout.glyphs(inRow: row) {
      let offset = text.typedOffset(glyph.utf8Range.lowerBound)
      guard rationale.contains(where: { $0.contains(offset) }) else { continue }
      picture.frame.write(
        String(repeating: "^", count: glyph.glyph.columns),
        at: Position(column: place.column + glyph.column, row: below), style: Style(.notice))
    }
  }
}
