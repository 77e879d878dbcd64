internal import Attribution
internal import Reports
internal import TerminalUI

/// Selecting a phrase in the map: with a key and the arrows, with Shift and the arrows, or by the
/// mouse.
extension State {
  /// Begins a phrase at the word that is looked at, or ends the one that was begun.
  mutating func togglePhrase() {
    if let anchor = findings.phraseAnchor { return selectPhrase(from: anchor, isDone: true) }
    guard lookedAtWord != nil, let unit = lookedAtUnit else { return say("no word is selected") }
    if explore.focus == .editor { leaveEditor(to: .heatmap) }
    findings.phraseAnchor = unit
    explore.focus = .heatmap
    say("the arrows extend the phrase, V ends it, Esc gives it up")
  }

  /// Shift with an arrow: one word further, the phrase is measured at once.
  mutating func extendPhrase(_ movement: Movement) {
    guard lookedAtUnit != nil, !isShownStale else { return }
    let anchor = findings.phraseAnchor ?? anchorOfLastPhrase ?? lookedAtUnit ?? 0
    explore.focus = .heatmap
    moveInHeatmap(movement)
    selectPhrase(from: anchor, isDone: false)
  }

  /// The end of the newest phrase that is not looked at, so that Shift goes on with it.
  private var anchorOfLastPhrase: Int? {
    guard let last = findings.phrases.last, let units = explanations.shown?.map.units,
      let unit = lookedAtUnit
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

  /// From one unit to the one that is looked at.
  private mutating func selectPhrase(from anchor: Int, isDone: Bool) {
    guard let shown = explanations.shown, !isShownStale, let unit = lookedAtUnit,
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

  /// The phrase that is being selected, or those that are; or what is removed on the curve.
  var markedPhrases: [Range<Int>] {
    guard !isShownStale else { return [] }
    if let anchor = findings.phraseAnchor, let shown = explanations.shown, let unit = lookedAtUnit,
      let range = phraseRange(from: anchor, to: unit, in: shown.map)
    {
      return [range]
    }
    return findings.page == .phrase ? findings.phrases : rangesRemovedOnCurve
  }

  /// Moves the phrases along with an edit, and drops those that it touched.
  mutating func carryPhrases(by move: CarriedTexts) {
    findings.phraseAnchor = nil
    findings.dragAnchor = nil
    findings.phrases = findings.phrases.compactMap { move.range($0) }
  }
}
