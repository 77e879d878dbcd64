/// The panes of Explore that can have the focus, in the order of Tab.
public enum Pane: Sendable, Hashable, CaseIterable {
  case editor, heatmap, tokens, findings, prediction, explainers, trust
}

extension Pane {
  /// The panes that the palette offers to go to, with descriptions.
  fileprivate static let described: [(pane: Self, detail: String)] = [
    (.heatmap, "the text, coloured by the effect of each word"),
    (.tokens, "the words as a table, the strongest first"),
    (.prediction, "the classes and their probabilities"),
    (.explainers, "the ways to explain a prediction"),
    (.trust, "how far this explanation can be trusted"),
  ]
}

extension State {
  var paletteEntriesOfPanes: [PaletteEntry] {
    Pane.described.map { pane, detail in
      PaletteEntry(text: "pane \(pane)", detail: detail, command: .act(.focus(pane)))
    }
  }
}

extension Action {
  static func focus(_ pane: Pane) -> Action {
    Action("focus \(pane)") { state, _ in state.look(at: pane) }
  }
}
