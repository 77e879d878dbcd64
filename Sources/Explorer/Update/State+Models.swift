internal import Attribution
internal import Classifiers
internal import TerminalUI

/// Opening another model.
extension State {
  /// So many are remembered.
  static let mostRecentModels = 10

  /// A path that could not be used stands there still, with the reason.
  mutating func openModelPrompt(for use: ModelPrompt.Use) {
    let refused = refusedModel.flatMap { $0.use == use ? $0 : nil }
    overlay = refused ?? ModelPrompt(use: use)
  }

  /// Back to the prompt with the path that can't be used; where somebody types or reads something
  /// else, that is not disturbed.
  mutating func refuse(_ path: String, for use: ModelPrompt.Use, _ reason: String) {
    refusedModel = ModelPrompt(
      use: use, field: TextEditor(path, isSingleLine: true, isPlain: abilities.isPlain),
      problem: reason)
    let isBusy = overlay != nil || fieldOfScreen != nil && !isWaitingForModel
    if isBusy {
      message = Message(kind: .error, text: "not opened: \(reason)")
    } else {
      overlay = refusedModel
    }
  }

  mutating func open(
    model argument: String, for use: ModelPrompt.Use, _ effects: inout [Effect]
  ) {
    (refusedModel, isWaitingForModel) = (nil, true)
    switch use {
    case .explore: open(model: argument, for: .main, &effects)
    case .compare: open(model: argument, for: .other, &effects)
    case .data: ask(other: argument, &effects)
    }
  }

  private mutating func open(
    model argument: String?, for seat: ModelSeat, _ effects: inout [Effect]
  ) {
    modelRequestCount += 1
    let request = ModelRequest(argument: argument, number: modelRequestCount, seat: seat)
    opening = request
    openingSince = now
    openedShare = nil
    effects.append(.openModel(request))
  }

  mutating func cancelOpening(_ effects: inout [Effect]) {
    opening = nil
    effects.append(.cancelOpening)
    let rest = summary.map { "; \($0.name) stays open" } ?? "; no model is open"
    // What was being loaded before made way for it.
    if summary == nil { model = .failed("no model is open") }
    message = Message(kind: .warning, text: "not opened" + rest)
  }

  /// Something runs whose progress is shown as time goes by.
  public var isWaiting: Bool { isOpening || job != nil || trustJob != nil }

  /// A model is on its way, be it the first one or another.
  public var isOpening: Bool {
    if case .loading = model { return true }
    return opening != nil
  }

  /// A load that failed leaves the model that is there.
  mutating func modelFailed(_ reason: String, _ effects: inout [Effect]) {
    let asked = opening
    opening = nil
    if let summary {
      message = Message(kind: .error, text: "not opened; \(summary.name) stays open")
    } else {
      model = .failed(reason)
    }
    guard let asked, let path = asked.argument else { return }
    refuse(path, for: asked.seat == .main ? .explore : .compare, reason)
  }

  /// Nothing that the older model said is taken for the newer one's.
  mutating func learn(_ summary: ModelSummary, _ effects: inout [Effect]) {
    let isFirst = self.summary == nil
    (opening, openedShare) = (nil, nil)
    model = .ready(summary)
    remember(summary)
    if !isFirst { forgetModel(&effects) }
    if let name = wantedClass, let index = summary.classes.firstIndex(of: name) {
      classChoice = .fixed(index)
    }
    wantedClass = nil
    restoreContrast(summary)
    if !isApplicable, let first = applicableMethods.first { method = first }
    selectedMethod = summary.methods.firstIndex { $0.card.name == method } ?? 0
    selectedClass = targetClass ?? 0
    predictedEdition = nil
    if !isFirst { message = Message(kind: .notice, text: "model: \(summary.name)") }
  }

  private mutating func forgetModel(_ effects: inout [Effect]) {
    if job != nil { effects.append(.cancelExplanation) }
    job = nil
    edition += 1
    classChoice = .predicted
    contrast = .none
    (prediction, predictionProblem, previousProbabilities) = (nil, nil, nil)
    (shown, carried, replaced) = (nil, nil, nil)
    (explanations, ended, instead, forced) = ([:], [:], [:], [])
    (history, times) = ([], [:])
    (removals, removalRequest) = ([:], nil)
    (older, inspected, settled) = (nil, nil, nil)
    forgetTrust()
    forgetWhatIf()
    compare.methods = nil
    compare.reference = nil
    (selectedUnit, tokensTop, heatScroll) = (0, 0, nil)
    selectionOffset = nil
  }

  /// The newest first, each once.
  mutating func remember(_ summary: ModelSummary) {
    let name = summary.argument ?? summary.name
    recentModels = [name] + recentModels.filter { $0 != name }.prefix(Self.mostRecentModels - 1)
  }
}
