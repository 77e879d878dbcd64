internal import Reports
internal import TerminalUI

/// Switching between screens, and going back.
extension State {
  /// Goes to a screen and leaves the editor, so that nothing is typed into the text by accident. If
  /// the user came from that screen, this goes back to it.
  mutating func show(_ screen: Screen) {
    stopTyping()
    guard screen != self.screen else { return }
    if let place = screensBelow.lastIndex(of: screen) {
      screensBelow.removeSubrange(place...)
      self.screen = screen
    } else {
      enter(screen)
    }
    layer.appear(&self)
  }

  /// Goes to a screen; `goBack` returns to the present one.
  mutating func enter(_ screen: Screen) {
    stopTyping()
    screensBelow.append(self.screen)
    self.screen = screen
  }

  /// Goes back to the previous screen.
  ///
  /// - Returns: false on the first screen.
  mutating func goBack() -> Bool {
    guard let below = screensBelow.popLast() else { return false }
    stopTyping()
    screen = below
    layer.reappear(&self)
    return true
  }

  /// Whether there is a previous screen.
  var canGoBack: Bool { !screensBelow.isEmpty }

  /// Starts on a screen; Explore is below it.
  public mutating func begin(on screen: Screen) {
    guard screen != self.screen else { return }
    enter(screen)
  }

  /// Goes to the editor, from any screen.
  mutating func edit() {
    show(catalog.first.screen)
    catalog.first.beginEditing(&self)
  }

  private mutating func stopTyping() {
    if isEditing { catalog.first.endEditing(&self) }
    layer.endTyping(&self)
  }
}
