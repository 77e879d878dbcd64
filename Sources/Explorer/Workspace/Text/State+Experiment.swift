internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// What-if experiments: words are switched off or replaced; what is tried stays visible and can be
/// undone.
extension State {
  /// The words that are switched off: the model does not read them, but they stay in the text. In
  /// ascending order.
  public var off: [Range<Int>] { document.experiment.off }

  /// Undoes or redoes a step, and restores what was tried there.
  mutating func stepThroughHistory(_ command: EditorCommand) {
    let (before, tried) = (document.texts, document.experiment)
    guard let step = document.step(command) else {
      return say(command == .undo ? "nothing to undo" : "nothing to redo")
    }
    let kept = document.experiment
    textChanged(from: before)
    if step == .opening { predictions.beginWithOtherText() }
    document.experiment = kept
    document.keepExperiment()
    guard tried != document.experiment else { return }
    predictions.whole = nil
    say(
      (command == .undo ? "undone: " : "redone: ") + (experimentDescription ?? "the text as typed"))
  }

  /// `1 word off, 2 changed`, or for a molecule `1 token off, 2 swaps`; nil if nothing is tried.
  var experimentDescription: String? {
    guard !document.experiment.isEmpty else { return nil }
    var parts: [String] = []
    if !off.isEmpty {
      parts.append("\(Numerals.count(off.count, showsMolecule ? "token" : "word")) off")
    }
    let count = document.experiment.replacements
    if count > 0 {
      parts.append(
        showsMolecule
          ? Numerals.count(count, "swap")
          : off.isEmpty ? Numerals.count(count, "change") : "\(count) changed")
    }
    return parts.joined(separator: ", ")
  }

  /// The target class's probability for the original text and for the text as it is tried; nil if
  /// nothing is tried.
  var tried: (before: Float, now: Float)? {
    guard !document.experiment.isEmpty, let target = targetClass, isPredictionFresh,
      let now = targetProbability, let before = predictions.whole?.element(at: target)
    else { return nil }
    return (before, now)
  }

  /// `2 words off  0.71 → 0.38 (-0.33)`, the target class's probability for the original text and
  /// for the text as it is tried; and the predicted class if it has changed.
  var whatIf: [String] {
    guard let tried, let whole = predictions.whole, let words = experimentDescription else {
      return []
    }
    let change = change(from: tried.before, to: tried.now)
    let now = predictions.latest?.prediction.probabilities ?? []
    return ["\(words)  \(change)"] + (isFlipped(whole) ? ["flips to \(decision(now))"] : [])
  }

  /// The decision that these probabilities imply, in words.
  func decision(_ probabilities: [Float]) -> String {
    guard let summary else { return "" }
    guard summary.link == .softmax, probabilities.count > 1 else {
      return summary.rule.isGiven(targetClass ?? 0, probabilities) ? "given" : "not given"
    }
    return summary.className(
      probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0)
  }

  /// Whether these probabilities imply a different decision from the present one.
  func isFlipped(_ probabilities: [Float]) -> Bool {
    guard let summary, let now = predictions.latest?.prediction.probabilities,
      let target = targetClass
    else { return false }
    let decision = Decision(summary.rule, classIndex: target)
    return decision(probabilities) != decision(now)
  }

  /// The text that a word replaces; nil if it replaces none.
  func original(of unit: HeatUnit) -> String? {
    document.experiment.swaps.first { $0.utf8Range.overlaps(unit.utf8Range) }?.original
  }
}
