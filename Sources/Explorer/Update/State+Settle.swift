internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Tokenizers

/// Which work is wanted, seen from the state alone: after each event whatever is missing is asked
/// for, and what nobody waits for any more is cancelled.
extension State {
  mutating func settle(_ effects: inout [Effect]) {
    fitEditor()
    fitCompare()
    settlePrompt(&effects)
    settleErrors(&effects)
    cancelForeignJob(&effects)
    guard summary != nil else { return }
    if predictedEdition != edition {
      predictedEdition = edition
      effects.append(
        .predict(
          PredictionRequest(
            edition: edition, text: editor.text, without: off,
            original: experiment.isEmpty ? nil : experiment.original(of: editor.text))))
    }
    settleOther(&effects)
    settleExplanation(&effects)
    settleRemovals(&effects)
    keepInspected()
    settleFindings()
    settleProbe(&effects)
    settleTrust(&effects)
  }

  /// The editor lays its text out for the pane that it has.
  mutating func fitEditor() {
    let layout = Layout(self)
    if layout.kind != .tooSmall { editor.resize(to: layout.editorText.size) }
    if !layout.focusOrder.isEmpty, !layout.focusOrder.contains(focus) { focus = .heatmap }
  }

  private mutating func cancelForeignJob(_ effects: inout [Effect]) {
    guard let running = job else { return }
    let isWanted = layer.needs(running.choice, self)
    guard running.edition != edition || !isWanted else { return }
    job = nil
    effects.append(.cancelExplanation)
  }

  private mutating func settleExplanation(_ effects: inout [Effect]) {
    if isBlank { return dropShown() }
    withLayer { $0.wantExplanation(&$1, &effects) }
  }

  /// What the present settings ask for, as a map over the text.
  mutating func wantShownExplanation(_ effects: inout [Effect]) {
    guard isPredictionFresh, let choice else { return }
    if let result = explanations[choice] {
      show(result)
      if result.isFinal || job != nil || ended[choice] != nil { return }
    }
    guard job == nil else { return forgetForeign(choice) }
    guard isApplicable, ended[choice] == nil, !isTooLong || forced.contains(choice) else {
      if explanations[choice] == nil { dropShown() }
      return
    }
    begin(choice, &effects)
    forgetForeign(choice)
  }

  /// The columns of the Compare screen, one after the other.
  mutating func wantColumn(_ effects: inout [Effect]) {
    guard isPredictionFresh, choice != nil, job == nil, let wanted = wantedForCompare,
      !isTooLong || forced.contains(wanted)
    else {
      return
    }
    begin(wanted, &effects)
  }

  private mutating func begin(_ choice: ExplanationChoice, _ effects: inout [Effect]) {
    jobCount += 1
    let next = ExplanationJob(
      edition: edition, choice: choice, options: explainerOptions, number: jobCount)
    job = next
    expectedPasses = nil
    (jobSince, jobPasses) = (now, nil)
    effects.append(.explain(next))
  }

  /// Scores of another method or class are never shown under the present title: under their own they
  /// stay for a moment, since most explainers have answered by then and the pane would only flicker.
  private mutating func forgetForeign(_ choice: ExplanationChoice) {
    guard let shown, shown.job.choice != choice else { return }
    if job == nil || now - jobSince > Self.replacingSeconds { dropShown() }
  }

  private static let replacingSeconds = 0.2

  /// Nothing is painted until there is another map; the word that is looked at stays the one.
  private mutating func dropShown() {
    if focus != .editor { selectionOffset = selectedRange?.lowerBound }
    (shown, settled) = (nil, nil)
  }

  /// A better result is only a moment away, and what stands beside the map can wait for it.
  private func isSettling(_ explanation: Explanation) -> Bool {
    !explanation.isFinal && job == explanation.job && settled != nil
      && now - jobSince < Self.settlingSeconds
  }

  private static let settlingSeconds = 0.25

  private mutating func show(_ explanation: Explanation) {
    let isNewText = shown?.text != explanation.text
    let isNewMap = shown?.job != explanation.job || shown?.seconds != explanation.seconds
    shown = explanation
    carried = nil
    if focus != .editor, isNewText || selectionOffset != nil {
      let offset = selectionOffset ?? editor.cursor
      selectedUnit = explanation.map.unit(atUTF8Offset: offset) ?? 0
    }
    selectionOffset = nil
    if !isSettling(explanation) { settled = explanation }
    selectedUnit = min(max(0, selectedUnit), max(0, explanation.map.units.count - 1))
    // a refined map ranks anew
    if isNewMap, focus == .tokens { reveal() }
    tellSameness(of: explanation)
  }

  /// The text has more tokens than are explained without being asked.
  var isTooLong: Bool {
    guard isPredictionFresh, let prediction else { return false }
    return prediction.prediction.encoding.pieces.count > Self.automaticTokenLimit
  }

  /// The words of the map, and which of them are on the screen with what is said without them.
  var shownUnitsToRemove: (units: [HeatUnit], visible: [Int])? {
    guard let shown, !isShownStale, shown.isFinal else { return nil }
    return (shown.map.units, [lookedAtUnit].compactMap { $0 } + visibleTableUnits)
  }

  /// Numbers beside the map are on their way.
  public var isMeasuringRemovals: Bool { removalRequest != nil }

  /// What the inspector and the visible lines of the table need, once the heatmap is done.
  private mutating func settleRemovals(_ effects: inout [Effect]) {
    guard job == nil, let (units, visible) = layer.unitsToRemove(self), !isTooLong else { return }
    var wanted: [[Int]] = []
    for unit in visible {
      guard let pieces = units.element(at: unit)?.pieces else { continue }
      if !pieces.isEmpty, removals[pieces] == nil, !wanted.contains(pieces) {
        wanted.append(pieces)
      }
    }
    let request = RemovalRequest(edition: edition, groups: wanted)
    guard !wanted.isEmpty, request != removalRequest else { return }
    removalRequest = request
    effects.append(.measureRemoval(request))
  }
}
