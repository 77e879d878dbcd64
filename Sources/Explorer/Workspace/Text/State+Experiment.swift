internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// What if a word were not there, or another one: what is tried stays in sight and can be taken back.
extension State {
  /// Words that are switched off: not read by the model, still in the text. In rising order.
  public var off: [Range<Int>] { document.experiment.off }

  /// The word that is looked at, if it stands in the text.
  var lookedAtWord: HeatUnit? {
    guard let shown = explanations.shown, !isShownStale, let index = lookedAtUnit,
      let unit = shown.map.units.element(at: index), unit.mark == nil, !unit.utf8Range.isEmpty
    else { return nil }
    return unit
  }

  /// Switches the word that is looked at off, or puts it back.
  mutating func toggleWord() {
    guard let unit = lookedAtWord else { return say("no word is selected") }
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

  /// Makes edits part of the experiment, as one step of undo.
  mutating func apply(_ edits: [TextEdit]) {
    let selected = selectedRange.map { moved($0.lowerBound, by: edits) }
    guard changeTexts({ $0.apply(edits) }), explore.focus != .editor else { return }
    explore.selectionOffset = selected
  }

  /// Another text or another experiment. - Returns: whether it is another text.
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

  /// What the model is asked changed, the text did not: its map is stale, its words are in place.
  private mutating func experimentChanged() {
    document.edition += 1
    predictions.whole = nil
    forgetResults()
  }

  /// Where a place of the text (UTF-8) is after edits of it: moved by those before it, at the start of
  /// one that it lies within.
  private func moved(_ offset: Int, by edits: [TextEdit]) -> Int {
    edits.reduce(offset) { result, edit in
      guard let replacement = edit.replacement, edit.utf8Range.upperBound <= offset,
        !edit.utf8Range.isEmpty || edit.utf8Range.lowerBound < offset
      else { return result }
      return result + replacement.utf8.count - edit.utf8Range.count
    }
  }

  /// Undo and redo come back to a step, and to what was tried there.
  mutating func stepThroughHistory(_ command: EditorCommand) {
    let (before, tried) = (document.texts, document.experiment)
    guard document.step(command) else {
      return say(command == .undo ? "nothing to undo" : "nothing to redo")
    }
    let kept = document.experiment
    textChanged(from: before)
    document.experiment = kept
    document.keepExperiment()
    guard tried != document.experiment else { return }
    predictions.whole = nil
    say((command == .undo ? "undone: " : "redone: ") + (experimentInWords ?? "the text as typed"))
  }

  /// `1 word off, 2 replaced`; nil where nothing is tried.
  var experimentInWords: String? {
    guard !document.experiment.isEmpty else { return nil }
    var parts: [String] = []
    if !off.isEmpty { parts.append("\(Numerals.count(off.count, "word")) off") }
    if !document.experiment.swaps.isEmpty {
      let count = document.experiment.swaps.count
      parts.append(off.isEmpty ? "\(Numerals.count(count, "change"))" : "\(count) changed")
    }
    return parts.joined(separator: ", ")
  }

  /// The target's probability for the text as it was and as it is tried; nil where nothing is.
  var tried: (before: Float, now: Float)? {
    guard !document.experiment.isEmpty, let target = targetClass, isPredictionFresh,
      let now = targetProbability, let before = predictions.whole?.element(at: target)
    else { return nil }
    return (before, now)
  }

  /// `2 words off  0.71 → 0.38 (-0.33)`, the target's probability for the original text and as it is
  /// tried; and a class that is predicted only now.
  var whatIf: [String] {
    guard let tried, let whole = predictions.whole, let words = experimentInWords else {
      return []
    }
    let change = change(from: tried.before, to: tried.now)
    let now = predictions.latest?.prediction.probabilities ?? []
    return ["\(words)  \(change)"] + (isFlipped(whole) ? ["flips to \(decision(now))"] : [])
  }

  /// What these probabilities decide, in words.
  func decision(_ probabilities: [Float]) -> String {
    guard let summary else { return "" }
    guard summary.link == .softmax, probabilities.count > 1 else {
      return summary.rule.isGiven(targetClass ?? 0, probabilities) ? "given" : "not given"
    }
    return summary.className(
      probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0)
  }

  /// What stood where a word stands now; nil where it was not replaced.
  func original(of unit: HeatUnit) -> String? {
    document.experiment.swaps.first { $0.utf8Range.overlaps(unit.utf8Range) }?.original
  }
}
