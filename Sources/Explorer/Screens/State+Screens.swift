internal import Reports
internal import TerminalUI

/// Going from screen to screen, and back along the way that one came.
extension State {
  /// Goes to a screen, in command focus: nothing that is typed there goes into the text by surprise.
  /// A screen that one came from is gone back to.
  mutating func show(_ screen: Screen) {
    stopTyping()
    guard screen != self.screen else { return }
    if let place = screensBelow.lastIndex(of: screen) {
      screensBelow.removeSubrange(place...)
      self.screen = screen
    } else {
      enter(screen)
    }
    withLayer { $0.appear(&$1) }
  }

  /// Goes to a screen from which one comes back to the present one.
  mutating func enter(_ screen: Screen) {
    stopTyping()
    screensBelow.append(self.screen)
    self.screen = screen
  }

  /// Back to the screen that one came from; false on the first one.
  mutating func goBack() -> Bool {
    guard let below = screensBelow.popLast() else { return false }
    stopTyping()
    screen = below
    withLayer { $0.reappear(&$1) }
    return true
  }

  /// There is a screen to go back to.
  var canGoBack: Bool { !screensBelow.isEmpty }

  /// The screen that is seen first; below it lies Explore.
  public mutating func begin(on screen: Screen) {
    guard screen != self.screen else { return }
    enter(screen)
  }

  /// Into the editor, from any screen.
  mutating func edit() {
    show(catalog.first.screen)
    explore.focus = .editor
  }

  /// To a pane of Explore, from any screen.
  mutating func look(at pane: Pane) {
    show(catalog.first.screen)
    if pane == .tokens, findings.page != nil { closeFindings() }
    explore.focus = pane
    reveal()
  }

  private mutating func stopTyping() {
    if explore.focus == .editor { leaveEditor(to: .heatmap) }
  }

  // MARK: The selected word

  /// Keeps the selected word through a change of the text: where it was changed itself, what stands
  /// in its place is selected.
  mutating func keepSelection(_ move: CarriedRanges) {
    guard explore.focus != .editor else {
      explore.selectionOffset = nil
      return
    }
    guard let range = selectedRange else { return }
    explore.selectionOffset = move.range(range)?.lowerBound ?? range.lowerBound
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
