internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// Deriving the needed work from the state alone: after each event, whatever is missing is
/// requested, and whatever is no longer needed is cancelled.
extension State {
  mutating func settle(_ effects: inout [Effect]) {
    forEachLayer { $0.fit(&$1) }
    settlePrompt(&effects)
    forEachLayer { $0.askOwnQuestions(&$1, &effects) }
    cancelUnneeded(&effects)
    guard summary != nil else { return }
    if predictions.requestedEdition != document.edition {
      predictions.requestedEdition = document.edition
      ask(Predict(document.edited, original: document.original), &effects)
    }
    forEachLayer { $0.askBesidePrediction(&$1, &effects) }
    settleExplanation(&effects)
    settleRemovals(&effects)
    forEachLayer { $0.keepAnswers(&$1) }
    settleProbe(&effects)
    settleTrust(&effects)
  }

  /// Cancels work that is no longer needed.
  private mutating func cancelUnneeded(_ effects: inout [Effect]) {
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
    if document.isBlank { return dropMap() }
    layer.requestExplanation(&self, &effects)
  }

  /// Shows or requests the explanation that the present settings ask for.
  mutating func requestShownExplanation(_ effects: inout [Effect]) {
    guard isPredictionFresh, let choice else { return }
    if let result = explanations.results[choice] {
      show(result)
      if result.isFinal || explanations.job != nil || explanations.ended[choice] != nil { return }
    }
    guard explanations.job == nil else { return dropMapOfOtherChoice(choice) }
    guard isApplicable, explanations.ended[choice] == nil,
      !isTooLong || explanations.forced.contains(choice)
    else {
      if explanations.results[choice] == nil { dropMap() }
      return
    }
    begin(choice, &effects)
    dropMapOfOtherChoice(choice)
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

  /// Removes a map of another method or class, whose scores must not appear under the present
  /// title. It stays for a moment under its own title: most explainers have answered by then, and
  /// the pane would only flicker.
  private mutating func dropMapOfOtherChoice(_ choice: ExplanationChoice) {
    guard let shown = explanations.shown, shown.job.choice != choice else { return }
    if explanations.job == nil || now - explanations.jobSince > Self.replacingSeconds {
      dropMap()
    }
  }

  private static let replacingSeconds = 0.2

  /// Removes the painted map until there is another one; the current word stays selected.
  private mutating func dropMap() {
    follow(.mapRemoval)
    (explanations.shown, explanations.settled) = (nil, nil)
  }

  /// Whether a better result is expected in a moment, so that the panes beside the map can wait for
  /// it.
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

  /// Whether the text has more tokens than are explained automatically.
  var isTooLong: Bool {
    guard isPredictionFresh, let prediction = predictions.latest else { return false }
    return prediction.prediction.encoding.pieces.count > Self.automaticTokenLimit
  }

  /// Whether numbers beside the map are being computed.
  public var isMeasuringRemovals: Bool { removals.request != nil }

  /// Requests what the inspector and the visible lines of the table need, once the heatmap is
  /// complete.
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
