internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Which work is wanted, seen from the state alone: after each event whatever is missing is asked
/// for, and what nobody waits for any more is cancelled.
extension State {
  mutating func settle(_ effects: inout [Effect]) {
    everyLayer { $0.fit(&$1) }
    settlePrompt(&effects)
    everyLayer { $0.wantOwnWork(&$1, &effects) }
    giveUpUnwanted(&effects)
    guard summary != nil else { return }
    if predictions.requestedEdition != document.edition {
      predictions.requestedEdition = document.edition
      ask(Predict(document.edited, original: document.original), &effects)
    }
    everyLayer { $0.wantBesidePrediction(&$1, &effects) }
    settleExplanation(&effects)
    settleRemovals(&effects)
    everyLayer { $0.keepAnswers(&$1) }
    settleProbe(&effects)
    settleTrust(&effects)
  }

  /// What nobody waits for any more.
  private mutating func giveUpUnwanted(_ effects: inout [Effect]) {
    if let running = explanations.job,
      running.edition != document.edition || !layer.needs(running.choice, self)
    {
      explanations.job = nil
    }
    if explanations.job == nil { cancel(.explanation, &effects) }
    if removals.request == nil { cancel(.removal, &effects) }
    if trust.job == nil { cancel(.trust, &effects) }
    if secondModel?.asked != document.edition { cancel(.otherPrediction, &effects) }
  }

  private mutating func settleExplanation(_ effects: inout [Effect]) {
    if document.isBlank { return dropShown() }
    layer.wantExplanation(&self, &effects)
  }

  /// What the present settings ask for, as a map over the text.
  mutating func wantShownExplanation(_ effects: inout [Effect]) {
    guard isPredictionFresh, let choice else { return }
    if let result = explanations.results[choice] {
      show(result)
      if result.isFinal || explanations.job != nil || explanations.ended[choice] != nil { return }
    }
    guard explanations.job == nil else { return forgetForeign(choice) }
    guard isApplicable, explanations.ended[choice] == nil,
      !isTooLong || explanations.forced.contains(choice)
    else {
      if explanations.results[choice] == nil { dropShown() }
      return
    }
    begin(choice, &effects)
    forgetForeign(choice)
  }

  mutating func begin(_ choice: ExplanationChoice, _ effects: inout [Effect]) {
    guard isFresh(choice.seat), let encoding = reading(by: choice.seat)?.prediction.encoding
    else { return }
    let ticket = ask(Explain(encoding, choice, options: settings.options), &effects)
    explanations.begin(
      ExplanationJob(
        edition: document.edition, choice: choice, options: settings.options, ticket: ticket),
      at: now)
  }

  /// Scores of another method or class are never shown under the present title: under their own they
  /// stay for a moment, since most explainers have answered by then and the pane would only flicker.
  private mutating func forgetForeign(_ choice: ExplanationChoice) {
    guard let shown = explanations.shown, shown.job.choice != choice else { return }
    if explanations.job == nil || now - explanations.jobSince > Self.replacingSeconds {
      dropShown()
    }
  }

  private static let replacingSeconds = 0.2

  /// Nothing is painted until there is another map; the word that is looked at stays the one.
  private mutating func dropShown() {
    follow(.mapRemoval)
    (explanations.shown, explanations.settled) = (nil, nil)
  }

  /// A better result is only a moment away, and what stands beside the map can wait for it.
  private func isSettling(_ explanation: Explanation) -> Bool {
    !explanation.isFinal && explanations.job == explanation.job && explanations.settled != nil
      && now - explanations.jobSince < Self.settlingSeconds
  }

  private static let settlingSeconds = 0.25

  private mutating func show(_ explanation: Explanation) {
    let isNewText = explanations.shown?.texts != explanation.texts
    let isNewMap =
      explanations.shown?.job != explanation.job
      || explanations.shown?.seconds != explanation.seconds
    explanations.shown = explanation
    explanations.carried = nil
    if !isSettling(explanation) { explanations.settled = explanation }
    follow(.map(explanation, isNewText: isNewText, isNewMap: isNewMap))
  }

  /// The text has more tokens than are explained without being asked.
  var isTooLong: Bool {
    guard isPredictionFresh, let prediction = predictions.latest else { return false }
    return prediction.prediction.encoding.pieces.count > Self.automaticTokenLimit
  }

  /// Numbers beside the map are on their way.
  public var isMeasuringRemovals: Bool { removals.request != nil }

  /// What the inspector and the visible lines of the table need, once the heatmap is done.
  private mutating func settleRemovals(_ effects: inout [Effect]) {
    guard explanations.job == nil, let (units, visible) = layer.unitsToRemove(self), !isTooLong
    else { return }
    var wanted: [[Int]] = []
    for unit in visible {
      guard let pieces = units.element(at: unit)?.pieces else { continue }
      if !pieces.isEmpty, removals.probabilities[pieces] == nil, !wanted.contains(pieces) {
        wanted.append(pieces)
      }
    }
    guard !wanted.isEmpty, wanted != removals.request?.groups,
      let encoding = predictions.latest?.prediction.encoding
    else { return }
    let question = RemoveWords(encoding, groups: wanted)
    removals.request = question
    ask(question, &effects)
  }
}
