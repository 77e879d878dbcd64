internal import Attribution
internal import TerminalUI
internal import Workbench

/// Choosing the explainer and the class.
extension State {
  var applicableMethods: [String] {
    (summary?.methods ?? []).filter { $0.reasonNotApplicable == nil }.map(\.card.name)
  }

  mutating func cycleExplainer(by step: Int) {
    let names = applicableMethods
    guard !names.isEmpty else { return reportMissingModel() }
    let index = names.firstIndex(of: settings.method) ?? (step > 0 ? -1 : 0)
    choose(explainer: names[(index + step + names.count) % names.count])
  }

  mutating func choose(explainer name: String) {
    guard let entry = summary?.method(named: name) else { return reportMissingModel() }
    follow(.method(name))
    if let reason = entry.reasonNotApplicable {
      message = Message(kind: .warning, text: "\(entry.card.title) \(reason)")
      return
    }
    if name != settings.method { keepReplaced() }
    (settings.method, settings.isMethodChosen) = (name, true)
    message = Message(kind: .notice, text: "explainer: \(entry.card.title)")
  }

  mutating func cycleClass(by step: Int) {
    guard let summary, !summary.classes.isEmpty else { return reportMissingModel() }
    let count = summary.classes.count
    choose(classIndex: ((targetClass ?? 0) + step + count) % count)
  }

  mutating func choose(classIndex: Int) {
    guard let summary, summary.classes.indices.contains(classIndex) else {
      return reportMissingModel()
    }
    if classIndex != targetClass { keepReplaced() }
    settings.classChoice = .fixed(classIndex)
    follow(.classIndex(classIndex))
    var text = "class: \(summary.className(classIndex))"
    if let card = summary.method(named: settings.method)?.card, summary.isClassBlind(card) {
      text += "; \(card.title) gives the same map for all classes"
    }
    message = Message(kind: .notice, text: text)
  }

  /// Stores the present map, so that it can be restored if the next job is cancelled. A partial map
  /// is not stored.
  mutating func keepReplaced() {
    guard let shown = explanations.shown, shown.isFinal, !isShownStale else { return }
    explanations.replaced = Explanations.Replaced(
      explanation: shown, classChoice: settings.classChoice, contrast: settings.contrast)
  }

  /// Restores the stored map.
  /// - Returns: whether there is one for the present text.
  mutating func returnToReplaced(from given: ExplanationChoice) -> Bool {
    guard layer.showsMap, let before = explanations.replaced,
      before.explanation.job.edition == document.edition
    else { return false }
    explanations.replaced = nil
    explanations.results[given] = nil
    let choice = before.explanation.job.choice
    if explanations.results[choice] == nil { explanations.results[choice] = before.explanation }
    (settings.method, settings.classChoice, settings.contrast) = (
      choice.method, before.classChoice, before.contrast
    )
    follow(.method(settings.method))
    follow(.classIndex(choice.classIndex))
    return true
  }

  mutating func followPrediction() {
    settings.classChoice = .predicted
    message = Message(kind: .notice, text: "explaining the predicted class")
  }

  private mutating func reportMissingModel() {
    switch model {
    case .loading: message = Message(kind: .notice, text: "still loading the model")
    case .failed(let reason): message = Message(kind: .error, text: reason)
    case .ready: break
    }
  }
}
