/// One pane over the whole window.
extension State {
  mutating func zoom() {
    guard let zoom = layer.zoom else { return }
    self[keyPath: zoom].toggle()
    say(self[keyPath: zoom] ? "one pane; + or Esc shows all again" : "all panes")
    reveal()
  }

  /// False where no pane is enlarged.
  mutating func unzoom() -> Bool {
    guard let isZoomed = layer.zoom, self[keyPath: isZoomed] else { return false }
    zoom()
    return true
  }
}

extension Action {
  static let zoom = Action("zoom") { state, _ in state.zoom() }
  /// In the drawing of a molecule it is the drawing that is enlarged.
  static let enlarge = Action("enlarge") { state, _ in
    if state.depiction != nil, state.explore.focus == .heatmap, state.screen == .explore {
      state.zoomMolecule(by: 1.3)
    } else {
      state.zoom()
    }
  }
}
