internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
package import Workbench

/// Opening another model.
extension State {
  /// Opens the prompt; a path that could not be opened is still in the field, with the reason.
  mutating func openModelPrompt(for use: ModelUse) {
    let refused = opening.refused.flatMap { $0.use.title == use.title ? $0 : nil }
    overlay = refused ?? ModelPrompt(use: use)
  }

  /// Reopens the prompt with the path that can't be opened, unless the user is typing or reading
  /// something else meanwhile.
  mutating func refuse(_ path: String, for use: ModelUse, _ reason: String) {
    opening.refused = ModelPrompt(
      use: use, field: TextEditor(path, isSingleLine: true, isPlain: terminal.abilities.isPlain),
      problem: reason)
    let isBusy = overlay != nil || fieldOfScreen != nil && !opening.isAwaited
    if isBusy {
      message = Message(kind: .error, text: "not opened: \(reason)")
    } else {
      overlay = opening.refused
    }
  }

  mutating func open(
    model argument: String, for use: ModelUse, _ effects: inout [Effect]
  ) {
    (opening.refused, opening.isAwaited) = (nil, true)
    use.open(argument, &self, &effects)
  }

  /// Opens a model for a seat; if that fails, the prompt for its use is reopened.
  mutating func open(
    _ argument: String, for seat: ModelSeat, as use: ModelUse, _ effects: inout [Effect]
  ) {
    ask(opening.begin(argument, for: seat, as: use, at: now), &effects)
  }

  mutating func cancelOpening(_ effects: inout [Effect]) {
    opening.request = nil
    cancel(.opening, &effects)
    let rest = summary.map { "; \($0.name) stays open" } ?? "; no model is open"
    // A model that was being loaded before was replaced by this request.
    if summary == nil { model = .failed("no model is open") }
    message = Message(kind: .warning, text: "not opened" + rest)
  }

  /// Whether something is running whose progress is shown.
  public var isWaiting: Bool { isOpening || explanations.job != nil || trust.job != nil }

  /// Whether a model is being opened, the first one or another.
  public var isOpening: Bool {
    if case .loading = model { return true }
    return opening.request != nil
  }

  /// The work that begins after the first frame.
  mutating func begin(_ start: Start, _ effects: inout [Effect]) {
    dataset.isGiven = start.hasExamples
    ask(OpenModel(argument: start.model, isRestored: start.isModelRestored), &effects)
  }

  /// A model that fails to open leaves the present one in place.
  fileprivate mutating func modelFailed(_ reason: String) {
    let asked = opening.request
    opening.request = nil
    if let summary {
      message = Message(kind: .error, text: "not opened; \(summary.name) stays open")
    } else {
      model = .failed(reason)
    }
    guard let asked, let path = asked.argument else { return }
    refuse(path, for: opening.use, reason)
  }

  /// Replaces the model, and drops all results of the previous one.
  mutating func replaceModel(with summary: ModelSummary) {
    let isFirst = self.summary == nil
    (opening.request, opening.share) = (nil, nil)
    model = .ready(summary)
    opening.remember(summary)
    if !isFirst { forgetModel() }
    if let name = settings.wantedClass, let index = summary.classes.firstIndex(of: name) {
      settings.classChoice = .fixed(index)
    }
    settings.wantedClass = nil
    restoreContrast(summary)
    if summary.readsSMILES, !document.isPair, document.text == Session.example {
      editText { $0.replaceText(with: KnownDrug.example.smiles) }
    }
    fitFields(to: summary)
    if !settings.isMethodChosen { settings.method = summary.defaultMethod }
    if !isApplicable, let first = applicableMethods.first { settings.method = first }
    follow(.method(settings.method))
    follow(.classIndex(targetClass ?? 0))
    predictions.requestedEdition = nil
    if !isFirst { message = Message(kind: .notice, text: "model: \(summary.name)") }
  }

  mutating func forgetModel() {
    document.edition += 1
    settings.classChoice = .predicted
    settings.contrast = .none
    predictions.forget()
    explanations.forgetAll()
    removals = Removals()
    trust.forget()
    follow(.model)
  }
}

extension OpenModel: AskedQuestion {
  package func receive(
    _ opened: OpenedModel, isFinal: Bool, _ state: inout State, _ effects: inout [Effect]
  ) {
    let summary = opened.summary
    let weights = Numerals.grouped(summary.parameterCount)
    state.add(.model, "\(summary.name): \(summary.architecture), \(weights) parameters")
    effects.append(.seat(opened, seat))
    switch seat {
    case .main:
      state.replaceModel(with: summary)
      state.opened(.model, &effects)
    case .other: state.replaceOtherModel(with: summary, &effects)
    }
  }

  package func receive(_ failure: NoAnswer, _ state: inout State, _ effects: inout [Effect]) {
    guard isRestored else {
      state.add(.problem, failure.reason)
      return state.modelFailed(failure.reason)
    }
    let reason = "the last session's model: \(failure.reason)"
    state.add(.problem, reason)
    state.message = Message(kind: .error, text: reason)
    state.ask(OpenModel(argument: nil), &effects)
  }
}

extension ModelSummary {
  /// `given: food, late (p > 0.90)`: the classes that a multi-label model decides for, or whether its
  /// only label applies; nil for other models.
  func given(_ probabilities: [Float]) -> String? {
    guard let given = rule.given(probabilities) else { return nil }
    let threshold =
      thresholds.count == 1 || classes.count == 1
      ? "p > \(Self.threshold(rule.threshold(of: 0)))" : "each above its own threshold"
    if classes.count == 1 { return (given.isEmpty ? "not given" : "given") + " (\(threshold))" }
    let names = given.isEmpty ? "none" : given.map(className).joined(separator: ", ")
    return "given: \(names) (\(threshold))"
  }

  /// The threshold with all its digits.
  private static func threshold(_ number: Float) -> String {
    let short = Numerals.fixed(number, 2)
    return Float(short) == number ? short : "\(number)"
  }
}
