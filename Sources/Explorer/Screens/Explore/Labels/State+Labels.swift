internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Tokenizers
package import Workbench

/// The user's own labels, which a natural language inference model answers for.
extension State {
  /// Whether the model can answer for the user's labels, or does so now.
  var answersLabels: Bool { summary.map { $0.labels != nil || $0.pairs == .inference } ?? false }

  mutating func openLabels() {
    guard let summary else { return say("still loading the model") }
    guard summary.argument != nil, answersLabels else {
      return say("labels of your own need a model of natural language inference (NLI)")
    }
    overlay = LabelsPrompt(summary.labels, isPlain: terminal.abilities.isPlain)
  }

  /// Enter: applies what was typed since the last answer, and reports the present classes.
  mutating func keepLabels(
    _ labels: ZeroShotLabels?, asked: ZeroShotLabels?, _ effects: inout [Effect]
  ) {
    if labels != asked { askForLabels(labels, &effects) }
    if let summary, labels == asked {
      opening.remember(summary)
      scoreRowsAnew(&effects)
    }
    say(labels.map { "labels: " + $0.labels.joined(separator: ", ") } ?? "the model's own classes")
  }

  mutating func askForLabels(_ labels: ZeroShotLabels?, _ effects: inout [Effect]) {
    ask(AskForLabels(labels, text: document.edited, isLive: false), &effects)
  }

  /// Scores the rows of the data set again if they were scored for other labels.
  fileprivate mutating func scoreRowsAnew(_ effects: inout [Effect]) {
    if dataset.isGiven, dataset.scoredBy != summary?.argument { opened(.model, &effects) }
  }

  mutating func changeLabelsPrompt(_ change: (inout LabelsPrompt) -> Void) {
    guard var prompt = overlay as? LabelsPrompt else { return }
    change(&prompt)
    overlay = prompt
  }

  /// Switches the same network to other classes. The user's settings are kept, the chosen class
  /// only if it still exists.
  mutating func relabel(_ summary: ModelSummary) {
    let chosen = isClassFixed ? targetClass.flatMap { self.summary?.className($0) } : nil
    let method = settings.method
    model = .ready(summary)
    forgetModel()
    settings.method = method
    if let index = chosen.flatMap({ summary.classes.firstIndex(of: $0) }) {
      settings.classChoice = .fixed(index)
    }
    if summary.labels != nil, document.isPair {
      let before = document.texts
      document.closePair()
      textChanged(from: before)
    }
    fitFields(to: summary)
    explore.selectedClass = targetClass ?? 0
    predictions.requestedEdition = nil
  }
}

extension AskForLabels: AskedQuestion {
  package func receive(
    _ answer: OpenedModel, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    effects.append(.seat(answer, .main))
    state.relabel(answer.summary)
    if isLive {
      state.changeLabelsPrompt { $0.receive(labels) }
    } else {
      state.opening.remember(answer.summary)
      state.scoreRowsAnew(&effects)
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    state.changeLabelsPrompt { $0.receive(labels, problem: failure.reason) }
    if !(state.overlay is LabelsPrompt) {
      state.message = Message(kind: .error, text: failure.reason)
    }
  }
}
