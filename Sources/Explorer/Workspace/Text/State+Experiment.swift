internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// What if a word were not there, or another one: what is tried stays in sight and can be taken back.
extension State {
  /// Words that are switched off: not read by the model, still in the text. In rising order.
  public var off: [Range<Int>] { document.experiment.off }

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

  /// `1 word off, 2 changed`, and of a molecule `1 token off, 2 swaps`; nil where nothing is tried.
  var experimentInWords: String? {
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

  /// With these probabilities the model's decision differs from the present one.
  func isFlipped(_ probabilities: [Float]) -> Bool {
    guard let summary, let now = predictions.latest?.prediction.probabilities,
      let target = targetClass
    else { return false }
    let decision = Decision(summary.rule, classIndex: target)
    return decision(probabilities) != decision(now)
  }

  /// What stood where a word stands now; nil where it was not replaced.
  func original(of unit: HeatUnit) -> String? {
    document.experiment.swaps.first { $0.utf8Range.overlaps(unit.utf8Range) }?.original
  }
}
