internal import Reports
internal import TerminalUI

/// The selected word, through changes of the text and of the map.
extension State {
  /// Keeps the selected word selected when the text changes; if the word itself was edited, what
  /// stands in its place is selected.
  mutating func keepSelection(_ move: CarriedTexts) {
    guard explore.focus != .editor else {
      explore.selectionOffset = nil
      return
    }
    guard let range = selectedRange else { return }
    explore.selectionOffset = move.range(range)?.lowerBound ?? range.lowerBound
  }

  /// In another map the word that was looked at stays selected, as far as it is there.
  mutating func select(in explanation: Explanation, isNewText: Bool) {
    if explore.focus != .editor, isNewText || explore.selectionOffset != nil {
      let offset = explore.selectionOffset ?? document.cursor
      explore.selectedUnit = explanation.map.unit(atUTF8Offset: offset) ?? 0
    }
    explore.selectionOffset = nil
    explore.selectedUnit = min(
      max(0, explore.selectedUnit), max(0, explanation.map.units.count - 1))
  }

  /// Where the selected word stands in the present text (UTF-8), or stood before it was edited.
  var selectedRange: Range<Int>? {
    if let selectionOffset = explore.selectionOffset { return selectionOffset..<selectionOffset }
    guard let shown = explanations.shown,
      let unit = shown.map.units.element(at: explore.selectedUnit)
    else { return nil }
    guard let carried = explanations.carried else { return unit.utf8Range }
    return (carried.element(at: explore.selectedUnit) ?? nil) ?? unit.utf8Range
  }
}
