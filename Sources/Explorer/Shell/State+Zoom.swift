/// Letting one pane fill the window.
extension State {
  mutating func zoom() {
    guard let zoom = layer.zoom else { return }
    self[keyPath: zoom].toggle()
    say(self[keyPath: zoom] ? "one pane; + or Esc shows all panes" : "all panes")
    follow(.zoom)
  }

  /// - Returns: false if no pane fills the window.
  mutating func unzoom() -> Bool {
    guard let isZoomed = layer.zoom, self[keyPath: isZoomed] else { return false }
    zoom()
    return true
  }
}

extension Action {
  static let zoom = Action("zoom") { state, _ in state.zoom() }
}
