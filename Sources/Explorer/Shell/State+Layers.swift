internal import TerminalUI

/// Forwarding events to the screens' layers.
extension State {
  /// The visible screen.
  var layer: any ScreenLayer.Type { catalog.layer(of: screen) }

  /// A screen's own data.
  package subscript<Layer: ScreenLayer>(layer: Layer.Type) -> Layer {
    _read { yield layers[layer] }
    _modify { yield &layers[layer] }
  }

  /// Calls a function with every layer, in the order of the catalogue.
  mutating func forEachLayer(_ act: (any ScreenLayer.Type, inout State) -> Void) {
    for layer in catalog.screens { act(layer, &self) }
  }

  mutating func follow(_ change: Change) { forEachLayer { $0.follow(change, &$1) } }

  mutating func opened(_ opened: Opened, _ effects: inout [Effect]) {
    forEachLayer { $0.open(opened, &$1, &effects) }
  }

  /// Whether the text's editor has the focus.
  var isEditing: Bool { catalog.first.isEditing(self) }

  /// Ctrl-X: chooses the next explainer, unless the screen handles the key.
  mutating func changeExplainer(by step: Int) {
    if layer.changeExplainer(by: step, &self) { return }
    cycleExplainer(by: step)
  }

  mutating func changeClass(by step: Int) {
    if layer.changeClass(by: step, &self) { return }
    cycleClass(by: step)
  }

  /// The shell command that prints what is on the screen; nil if there is none, for example for an
  /// older map.
  public var shellCommand: String? { layer.shellCommand(self) }
}
