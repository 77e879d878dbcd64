internal import Reports
internal import TerminalUI
internal import Workbench

/// How the map is painted, and which of its words is selected.
extension State {
  /// The score that has the strongest colour; for a molecule, the same in its text and in its
  /// drawing.
  package var scaleValue: Float {
    let ofText = explanations.shown.map { explore.scale.value(for: $0.map) } ?? 0
    guard depiction != nil, explore.scale == .text, let heat = moleculeHeat else { return ofText }
    return max(ofText, heat.largest)
  }

  /// The current unit of the heatmap: the one at the cursor in the editor, otherwise the selected
  /// one.
  public var currentUnit: Int? {
    guard let shown = explanations.shown, !shown.map.units.isEmpty else { return nil }
    if explore.focus == .editor {
      return isShownStale ? nil : shown.map.unit(atUTF8Offset: document.cursor)
    }
    return min(explore.selectedUnit, shown.map.units.count - 1)
  }

  /// The units in the order of the token table.
  var listedUnits: [Int] {
    guard let map = explanations.shown?.map else { return [] }
    return explore.tokenOrder == .score ? map.ranking : Array(map.units.indices)
  }
}
