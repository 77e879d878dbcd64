internal import TerminalUI

extension HeatmapRow {
  /// Draws `^^^^` under the words that annotators marked, below the signs and above the trajectory.
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
