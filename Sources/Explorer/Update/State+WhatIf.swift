internal import Classifiers
internal import TerminalUI

/// What if a word were not there: words are switched off and stay in sight.
extension State {
  /// Switches the word that is looked at off, or puts it back.
  mutating func toggleWord() {
    guard let shown, !isShownStale, let index = lookedAtUnit,
      let unit = shown.map.units.element(at: index), unit.mark == nil, !unit.utf8Range.isEmpty
    else {
      say("no word is selected")
      return
    }
    let word = unit.word(in: shown.text)
    if unit.isOff {
      off.removeAll { $0.overlaps(unit.utf8Range) }
      say("\(word) is back")
    } else {
      off = (off + [unit.utf8Range]).sorted { $0.lowerBound < $1.lowerBound }
      say("\(word) is switched off; Space puts it back")
    }
    wordsChanged()
  }

  mutating func putAllBack() {
    guard !off.isEmpty else { return say("no word is switched off") }
    off = []
    wordsChanged()
    say("all words are back")
  }

  /// What the model is asked changed, the text did not: its map is stale, its words are in place.
  private mutating func wordsChanged() {
    edition += 1
    wholeProbabilities = nil
    forgetResults()
  }

  /// `2 words off  0.71 → 0.38 (-0.33)`, the target's probability for the whole text and without the
  /// words; and a class that is predicted without them alone.
  var whatIf: [String] {
    guard !off.isEmpty, let summary, let target = targetClass, isPredictionFresh,
      let now = targetProbability, let whole = wholeProbabilities,
      let before = whole.element(at: target)
    else { return [] }
    let change =
      "\(Numerals.fixed(before, 2)) \(signs.becomes) \(Numerals.fixed(now, 2)) "
      + "(\(Numerals.signed(now - before, 2)))"
    let best = whole.indices.max { whole[$0] < whole[$1] }
    let flipped = prediction.map { $0.prediction.classIndex }.flatMap { $0 == best ? nil : $0 }
    return ["\(Numerals.count(off.count, "word")) off  \(change)"]
      + (flipped.map { ["without: flips to \(summary.className($0))"] } ?? [])
  }
}
