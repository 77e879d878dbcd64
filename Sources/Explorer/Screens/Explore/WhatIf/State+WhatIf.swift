internal import Attribution
internal import Reports
internal import Tokenizers
internal import Workbench

/// Trying the text with words switched off or replaced.
extension State {
  /// The current word, if it is in the text.
  var currentWord: HeatUnit? {
    guard let shown = explanations.shown, !isShownStale, let index = currentUnit,
      let unit = shown.map.units.element(at: index), unit.mark == nil, !unit.utf8Range.isEmpty
    else { return nil }
    return unit
  }

  /// Switches the current word off, or on again.
  mutating func toggleWord() {
    guard let unit = currentWord else { return say("no word is selected") }
    let word = unit.word(in: document.text)
    var next = document.experiment
    if unit.isOff {
      next.off.removeAll { $0.overlaps(unit.utf8Range) }
      say("\(word) is back")
    } else {
      next.off = EditedText.joined(next.off + [unit.utf8Range])
      say("\(word) is switched off; Space puts it back")
    }
    attempt(next)
  }

  mutating func restoreAllWords() {
    guard !document.experiment.isEmpty else { return say("no word is switched off or replaced") }
    changeTexts { $0.putBack() }
    say("all words are back")
  }

  /// Applies edits as part of the experiment, as one undo step.
  mutating func apply(_ edits: [TextEdit]) {
    let selected = selectedRange.map { moved($0.lowerBound, by: edits) }
    guard changeTexts({ $0.apply(edits) }), explore.focus != .editor else { return }
    explore.selectionOffset = selected
  }

  /// Changes the text or the experiment.
  ///
  /// - Returns: whether the text changed.
  @discardableResult
  private mutating func changeTexts(_ change: (inout Document) -> Bool) -> Bool {
    let before = document.texts
    let selected = selectedRange?.lowerBound
    guard change(&document) else {
      if explore.focus != .editor { explore.selectionOffset = selected }
      experimentChanged()
      return false
    }
    let next = document.experiment
    textChanged(from: before)
    document.experiment = next
    document.keepExperiment()
    return true
  }

  private mutating func attempt(_ next: Experiment) {
    changeTexts {
      $0.attempt(next)
      return false
    }
  }

  /// The model's input changed, the typed text did not: the map is stale, but its words are in
  /// place.
  private mutating func experimentChanged() {
    document.edition += 1
    predictions.whole = nil
    forgetResults()
  }

  /// Where an offset of the text (UTF-8) is after edits of the text: shifted by the edits before
  /// it, and at the start of an edit that contains it.
  private func moved(_ offset: Int, by edits: [TextEdit]) -> Int {
    edits.reduce(offset) { result, edit in
      guard let replacement = edit.replacement, edit.utf8Range.upperBound <= offset,
        !edit.utf8Range.isEmpty || edit.utf8Range.lowerBound < offset
      else { return result }
      return result + replacement.utf8.count - edit.utf8Range.count
    }
  }
}
