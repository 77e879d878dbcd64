internal import TerminalUI

/// Passing events on to the screens' layers.
extension State {
  /// The visible screen.
  var layer: any ScreenLayer.Type { catalog.layer(of: screen) }

  /// What a screen keeps for itself.
  package subscript<Layer: ScreenLayer>(layer: Layer.Type) -> Layer {
    _read { yield layers[layer] }
    _modify { yield &layers[layer] }
  }

  /// Every layer in the order of the catalogue.
  mutating func everyLayer(_ act: (any ScreenLayer.Type, inout State) -> Void) {
    for layer in catalog.screens { act(layer, &self) }
  }

  mutating func follow(_ change: Change) { everyLayer { $0.follow(change, &$1) } }

  mutating func opened(_ opened: Opened, _ effects: inout [Effect]) {
    everyLayer { $0.open(opened, &$1, &effects) }
  }

  /// Printable keys go to the text's editor.
  var isEditing: Bool { catalog.first.isEditing(self) }

  /// Ctrl-X: the next explainer, or what the screen makes of it.
  mutating func changeExplainer(by step: Int) {
    if layer.changeExplainer(by: step, &self) { return }
    cycleExplainer(by: step)
  }

  mutating func changeClass(by step: Int) {
    if layer.changeClass(by: step, &self) { return }
    cycleClass(by: step)
  }

  /// The command that prints what is on the screen; nil where nothing is, or only an older map.
  public var shellCommand: String? { layer.shellCommand(self) }
}
