internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI

/// What if a word were not there, or another one: what is tried stays in sight and can be taken back.
extension State {
  /// Words that are switched off: not read by the model, still in the text. In rising order.
  public var off: [Range<Int>] { experiment.off }

  /// The text as the model is asked about it.
  var editedText: EditedText { EditedText(editor.text, off: off) }

  /// The word that is looked at, if it stands in the text.
  var lookedAtWord: HeatUnit? {
    guard let shown, !isShownStale, let index = lookedAtUnit,
      let unit = shown.map.units.element(at: index), unit.mark == nil, !unit.utf8Range.isEmpty
    else { return nil }
    return unit
  }

  /// Switches the word that is looked at off, or puts it back.
  mutating func toggleWord() {
    guard let unit = lookedAtWord else { return say("no word is selected") }
    let word = unit.word(in: editor.text)
    var next = experiment
    if unit.isOff {
      next.off.removeAll { $0.overlaps(unit.utf8Range) }
      say("\(word) is back")
    } else {
      next.off = EditedText.joined(next.off + [unit.utf8Range])
      say("\(word) is switched off; Space puts it back")
    }
    attempt(next)
  }

  mutating func putAllBack() {
    guard !experiment.isEmpty else { return say("no word is switched off or replaced") }
    let back = experiment.swaps.map { TextEdit($0.utf8Range, replacement: $0.original) }
    experiment.off = []
    apply(back)
    say("all words are back")
  }

  /// Makes edits part of the experiment, as one step of undo.
  mutating func apply(_ edits: [TextEdit]) {
    let before = editor.text
    let (text, next) = experiment.applying(edits, to: before)
    guard text != before else { return attempt(next) }
    let front = zip(before.utf8, text.utf8).prefix { $0 == $1 }.count
    let most = min(before.utf8.count, text.utf8.count) - front
    let back = zip(before.utf8.reversed(), text.utf8.reversed()).prefix(most)
      .prefix { $0 == $1 }.count
    // whole scalars: a prefix of bytes may end within one
    let (start, end) = (before.scalarStart(front), before.scalarEnd(before.utf8.count - back))
    let shift = text.utf8.count - before.utf8.count
    _ = editor.replaceText(in: start..<end, with: text.utf8Text(start..<end + shift))
    let selected = selectedRange.map { moved($0.lowerBound, by: edits) }
    textChanged(from: before)
    if focus != .editor { selectionOffset = selected }
    experiment = next
    keepExperiment()
  }

  /// What the model is asked changed, the text did not: its map is stale, its words are in place.
  private mutating func attempt(_ next: Experiment) {
    if focus != .editor { selectionOffset = selectedRange?.lowerBound }
    experiment = next
    editor.markStep()
    keepExperiment()
    edition += 1
    wholeProbabilities = nil
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

  /// The experiment belongs to the step of undo that led here.
  mutating func keepExperiment() {
    if experiments.count > 2 * Self.mostExperiments {
      for number in experiments.keys.sorted().prefix(Self.mostExperiments) {
        experiments[number] = nil
      }
    }
    experiments[editor.version] = experiment
  }

  /// More than the editor keeps steps.
  private static let mostExperiments = 2000

  /// Undo and redo come back to a step, and to what was tried there.
  mutating func stepThroughHistory(_ command: EditorCommand) {
    let (before, tried) = (editor.text, experiment)
    guard editor.perform(command) == .edited else {
      return say(command == .undo ? "nothing to undo" : "nothing to redo")
    }
    let kept = experiments[editor.version] ?? Experiment()
    textChanged(from: before)
    experiment = kept
    keepExperiment()
    guard tried != experiment else { return }
    wholeProbabilities = nil
    say((command == .undo ? "undone: " : "redone: ") + (experimentInWords ?? "the text as typed"))
  }

  /// `1 word off, 2 replaced`; nil where nothing is tried.
  var experimentInWords: String? {
    guard !experiment.isEmpty else { return nil }
    var parts: [String] = []
    if !off.isEmpty { parts.append("\(Numerals.count(off.count, "word")) off") }
    if !experiment.swaps.isEmpty {
      let count = experiment.swaps.count
      parts.append(off.isEmpty ? "\(Numerals.count(count, "change"))" : "\(count) changed")
    }
    return parts.joined(separator: ", ")
  }

  /// The target's probability for the text as it was and as it is tried; nil where nothing is.
  var tried: (before: Float, now: Float)? {
    guard !experiment.isEmpty, let target = targetClass, isPredictionFresh,
      let now = targetProbability, let before = wholeProbabilities?.element(at: target)
    else { return nil }
    return (before, now)
  }

  /// `2 words off  0.71 → 0.38 (-0.33)`, the target's probability for the original text and as it is
  /// tried; and a class that is predicted only now.
  var whatIf: [String] {
    guard let tried, let whole = wholeProbabilities, let words = experimentInWords else {
      return []
    }
    let change = change(from: tried.before, to: tried.now)
    let now = prediction?.prediction.probabilities ?? []
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
    experiment.swaps.first { $0.utf8Range.overlaps(unit.utf8Range) }?.original
  }
}

extension String {
  /// The start of the scalar that holds a byte.
  fileprivate func scalarStart(_ offset: Int) -> Int {
    let bytes = utf8Span.span
    var offset = min(offset, bytes.count)
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  /// The end of the scalar whose bytes stand before an offset.
  fileprivate func scalarEnd(_ offset: Int) -> Int {
    let bytes = utf8Span.span
    var offset = max(0, offset)
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }
}
