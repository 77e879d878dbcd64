internal import TerminalUI

/// Passing events on to the visible screen.
extension State {
  /// The visible screen.
  var layer: any ScreenLayer { layers[screen] ?? catalog.first.init() }

  /// Runs a mutating method of the visible screen, and stores what it changed of itself.
  mutating func withLayer<Result>(
    _ act: (inout any ScreenLayer, inout State) -> Result
  ) -> Result {
    let screen = screen
    var layer = layer
    defer { layers[screen] = layer }
    return act(&layer, &self)
  }

  /// The same for a screen that is not visible.
  mutating func withLayer(
    of screen: Screen, _ act: (inout any ScreenLayer, inout State) -> Void
  ) {
    guard var layer = layers[screen] else { return }
    act(&layer, &self)
    layers[screen] = layer
  }

  /// Ctrl-X: the next explainer, or what the screen makes of it.
  mutating func changeExplainer(by step: Int) {
    if withLayer({ $0.changeExplainer(by: step, &$1) }) { return }
    cycleExplainer(by: step)
  }

  mutating func changeClass(by step: Int) {
    if withLayer({ $0.changeClass(by: step, &$1) }) { return }
    cycleClass(by: step)
  }

  /// The command that prints what is on the screen; nil where nothing is, or only an older map.
  public var shellCommand: String? { layer.shellCommand(self) }
}
