internal import Reports
internal import TerminalUI
internal import Workbench

/// How the map is painted, and which of its words is looked at.
extension State {
  /// The score with the strongest paint; of a molecule in its text and in its drawing alike.
  package var scaleValue: Float {
    let ofText = explanations.shown.map { explore.scale.value(for: $0.map) } ?? 0
    guard depiction != nil, explore.scale == .text, let heat = moleculeHeat else { return ofText }
    return max(ofText, heat.largest)
  }

  /// The heatmap's unit that is looked at: in the editor the one at the cursor.
  public var lookedAtUnit: Int? {
    guard let shown = explanations.shown, !shown.map.units.isEmpty else { return nil }
    if explore.focus == .editor {
      return isShownStale ? nil : shown.map.unit(atUTF8Offset: document.cursor)
    }
    return min(explore.selectedUnit, shown.map.units.count - 1)
  }

  /// Units as the token table lists them.
  var listedUnits: [Int] {
    guard let map = explanations.shown?.map else { return [] }
    return explore.tokenOrder == .score ? map.ranking : Array(map.units.indices)
  }
}
