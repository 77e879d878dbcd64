internal import Attribution
internal import Reports

/// The data of the Explore screen: the focus, the selection, and how the map is painted.
public struct ExploreScreen: Sendable {
  public enum TokenOrder: Sendable, Equatable { case score, text }

  public internal(set) var focus = Pane.editor
  /// The selected unit of the heatmap while the editor does not have the focus.
  public internal(set) var selectedUnit = 0
  /// The offset of the selected word in the present text (UTF-8), until the map of that text
  /// arrives.
  var selectionOffset: Int?
  /// The last details shown of the selected token, until they are computed for the present text.
  var inspected: InspectedToken?
  /// The lines that Enter uses in the lists of explainers and of classes.
  var selectedMethod = 0
  var selectedClass = 0
  /// The first visible rows; nil scrolls the heatmap to the selection.
  var heatScroll: Int?
  var tokensTop = 0
  var scale = HeatScale.text
  var showsValues = false
  var tokenOrder = TokenOrder.score
  var molecule = MoleculePane()
  /// The user's choice of how interactions between two texts are computed; the model may not
  /// support it.
  var interactionMethod = PairInteractions.Method.removal
  /// The text that was last searched for; nil while no search is active.
  var search: String?
  /// Whether the focused pane fills the window.
  var isZoomed = false
  /// The results of experiments on the text.
  var findings = Findings()

  package init() {}
}

extension State {
  public internal(set) var explore: ExploreScreen {
    _read { yield self[ExploreScreen.self] }
    _modify { yield &self[ExploreScreen.self] }
  }

  var findings: Findings {
    _read { yield explore.findings }
    _modify { yield &explore.findings }
  }
}
