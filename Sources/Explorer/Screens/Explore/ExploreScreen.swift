internal import Attribution
internal import Reports

/// The Explore screen: what has the focus, what is selected, and how it is painted.
public struct ExploreScreen: Sendable {
  public enum TokenOrder: Sendable, Equatable { case score, text }

  public internal(set) var focus = Pane.editor
  /// The unit of the heatmap that is looked at while the editor is not.
  public internal(set) var selectedUnit = 0
  /// Where the selected word begins in the present text (UTF-8), until the map of that text is there.
  var selectionOffset: Int?
  /// What was last shown of the selected token, until it can be computed for the present text.
  var inspected: InspectedToken?
  /// The line of the explainers' and the classes' list that Enter would use.
  var selectedMethod = 0
  var selectedClass = 0
  /// The first visible rows; nil follows what is looked at.
  var heatScroll: Int?
  var tokensTop = 0
  var scale = HeatScale.text
  var showsValues = false
  var tokenOrder = TokenOrder.score
  var molecule = MoleculePane()
  /// How the words of two texts that meet are found, as the user chose it; a model may not allow it.
  var interactionMethod = PairInteractions.Method.removal
  /// What was searched for last in the text; nil while no search is open.
  var search: String?
  /// The pane with the focus fills the window.
  var isZoomed = false
  /// What experiments found out about the text.
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
