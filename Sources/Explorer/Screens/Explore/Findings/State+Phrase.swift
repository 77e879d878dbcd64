internal import Attribution
internal import Reports
internal import TerminalUI

/// Selecting a phrase in the map: with a key and the arrow keys, with Shift and the arrow keys, or
/// with the mouse.
extension State {
  /// Begins a phrase at the current word, or ends the one that was begun.
  mutating func togglePhrase() {
    if let anchor = findings.phraseAnchor { return selectPhrase(from: anchor, isDone: true) }
    guard currentWord != nil, let unit = currentUnit else { return say("no word is selected") }
    if explore.focus == .editor { leaveEditor(to: .heatmap) }
    findings.phraseAnchor = unit
    explore.focus = .heatmap
    say("arrows extend the phrase, V measures it, Esc cancels")
  }

  /// Shift with an arrow key: extends the phrase by one word, which is measured at once.
  mutating func extendPhrase(_ movement: Movement) {
    guard currentUnit != nil, !isShownStale else { return }
    let anchor = findings.phraseAnchor ?? anchorOfLastPhrase ?? currentUnit ?? 0
    explore.focus = .heatmap
    moveInHeatmap(movement)
    selectPhrase(from: anchor, isDone: false)
  }

  /// The end of the newest phrase that is not at the current word, so that Shift continues it.
  private var anchorOfLastPhrase: Int? {
    guard let last = findings.phrases.last, let units = explanations.shown?.map.units,
      let unit = currentUnit
    else { return nil }
    let inside = units.indices.filter {
      units[$0].mark == nil && units[$0].utf8Range.overlaps(last)
    }
    guard let first = inside.first, let end = inside.last, unit == first || unit == end else {
      return nil
    }
    return unit == first ? end : first
  }

  mutating func dragPhrase(to unit: Int) {
    guard let anchor = findings.dragAnchor, !isShownStale, unit != anchor else { return }
    explore.selectedUnit = unit
    selectPhrase(from: anchor, isDone: false)
  }

  /// Selects the phrase from a unit to the current one.
  private mutating func selectPhrase(from anchor: Int, isDone: Bool) {
    guard let shown = explanations.shown, !isShownStale, let unit = currentUnit,
      let range = phraseRange(from: anchor, to: unit, in: shown.map)
    else { return }
    findings.phraseAnchor = nil
    if let last = findings.phrases.last, last.overlaps(range) { findings.phrases.removeLast() }
    findings.phrases.removeAll { $0.overlaps(range) }
    findings.phrases = findings.phrases.suffix(1) + [range]
    findings.results.phrase = nil
    findings.results.done.remove(.phrase)
    findings.results.problems[.phrase] = nil
    if findings.page != .phrase { findings.page = .phrase }
    if isDone { explore.focus = .heatmap }
    say("phrase: \(document.text.utf8Text(range).trimmed(to: 40, signs.ellipsis))")
  }

  private func phraseRange(from a: Int, to b: Int, in map: HeatMap) -> Range<Int>? {
    let units = map.units.indices.filter { $0 >= min(a, b) && $0 <= max(a, b) }
      .map { map.units[$0] }.filter { $0.mark == nil && !$0.utf8Range.isEmpty }
    guard let start = units.map(\.utf8Range.lowerBound).min(),
      let end = units.map(\.utf8Range.upperBound).max()
    else { return nil }
    return document.text.utf8Trimmed(start..<end)
  }

  /// The phrase that is being selected, or the selected ones; on the curve, the removed words.
  var markedPhrases: [Range<Int>] {
    guard !isShownStale else { return [] }
    if let anchor = findings.phraseAnchor, let shown = explanations.shown, let unit = currentUnit,
      let range = phraseRange(from: anchor, to: unit, in: shown.map)
    {
      return [range]
    }
    return findings.page == .phrase ? findings.phrases : rangesRemovedOnCurve
  }

  /// Moves the phrases along with an edit, and drops those that it touches.
  mutating func carryPhrases(by move: CarriedTexts) {
    findings.phraseAnchor = nil
    findings.dragAnchor = nil
    findings.phrases = findings.phrases.compactMap { move.range($0) }
  }
}
