internal import Reports
internal import TerminalUI

/// The selected word when the text or the map changes.
extension State {
  /// Keeps the word selected when the text changes; if the word itself was edited, whatever
  /// replaces it is selected.
  mutating func keepSelection(_ move: CarriedTexts) {
    guard explore.focus != .editor else {
      explore.selectionOffset = nil
      return
    }
    guard let range = selectedRange else { return }
    explore.selectionOffset = move.range(range)?.lowerBound ?? range.lowerBound
  }

  /// Selects the same word in another map, if it is there.
  mutating func select(in explanation: Explanation, isNewText: Bool) {
    if explore.focus != .editor, isNewText || explore.selectionOffset != nil {
      let offset = explore.selectionOffset ?? document.cursor
      explore.selectedUnit = explanation.map.unit(atUTF8Offset: offset) ?? 0
    }
    explore.selectionOffset = nil
    explore.selectedUnit = min(
      max(0, explore.selectedUnit), max(0, explanation.map.units.count - 1))
  }

  /// The range of the selected word in the present text (UTF-8), or where it was before it was
  /// edited.
  var selectedRange: Range<Int>? {
    if let selectionOffset = explore.selectionOffset { return selectionOffset..<selectionOffset }
    guard let shown = explanations.shown,
      let unit = shown.map.units.element(at: explore.selectedUnit)
    else { return nil }
    guard let carried = explanations.carried else { return unit.utf8Range }
    return (carried.element(at: explore.selectedUnit) ?? nil) ?? unit.utf8Range
  }
}
