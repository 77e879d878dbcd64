package import Attribution
internal import Classifiers
internal import TerminalUI
package import Workbench

extension MeasureInteractions: PageQuestion {
  static var page: Finding { .interactions }

  package func receive(
    _ answer: PairInteractions.Result?, isFinal: Bool, _ state: inout State,
    _ effects: inout [Effect]
  ) {
    state.receive(for: Self.page, isFinal: isFinal) { $0.interactions = answer }
  }
}

extension State {
  /// The number of words of each text whose interactions are computed: as many as the grid has
  /// columns for.
  var interactionWords: Int {
    max(
      3, min(8, (ExploreLayout(self).findings.size.columns - InteractionsGrid.labelColumns - 6) / 9)
    )
  }

  /// About how many model passes the interactions take.
  var passesOfInteractions: Int {
    predictions.latest.map {
      PairInteractions(count: interactionWords, method: interactionMethod).expectedPasses(
        for: $0.prediction.encoding, options: settings.options)
    } ?? 0
  }

  /// The question that the page of interactions needs answered; nil if there is one text.
  var questionOfInteractions: (any AskedQuestion)? {
    guard document.isPair, let choice else { return nil }
    var options = settings.options
    options.only = nil
    return MeasureInteractions(
      document.edited, choice, options: options, count: interactionWords, method: interactionMethod)
  }
}
