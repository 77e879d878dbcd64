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

  private mutating func stopTyping() {
    if explore.focus == .editor { leaveEditor(to: .heatmap) }
  }
}
