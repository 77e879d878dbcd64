internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Workbench

/// Asks for the user's own labels; the model answers for the contents of the fields as they are
/// typed.
struct LabelsPrompt: Overlay {
  enum Field: Sendable { case labels, hypothesis }

  var field = Field.labels
  private(set) var names: TextEditor
  private(set) var hypothesis: TextEditor
  /// Whether each label is judged by itself.
  private(set) var isMany: Bool
  /// The labels that the model answers for now.
  private var applied: ZeroShotLabels?
  /// The labels before the prompt was opened, which Esc restores.
  private let before: ZeroShotLabels?
  /// The labels that the model can't answer for, and the reason.
  private var problem: (labels: ZeroShotLabels, reason: String)?

  init(_ labels: ZeroShotLabels?, isPlain: Bool) {
    (before, applied) = (labels, labels)
    isMany = labels?.isMany ?? false
    names = TextEditor(
      labels?.labels.joined(separator: ", ") ?? "", isSingleLine: true, isPlain: isPlain)
    hypothesis = TextEditor(
      labels?.hypothesis ?? ZeroShotLabels.usualHypothesis, isSingleLine: true, isPlain: isPlain)
  }

  /// The labels in the fields; nil stands for the model's own classes.
  private var labels: ZeroShotLabels? {
    let names = ZeroShotLabels.labels(in: names.text)
    return names.isEmpty
      ? nil : ZeroShotLabels(names, hypothesis: hypothesis.text, isMany: isMany)
  }

  /// Whether the model can't answer for the labels in the fields.
  private var isRefused: Bool { problem.map { $0.labels == labels } ?? false }

  // MARK: Keys

  static let bindings: [Binding] = [
    Binding(
      [.ctrl("t")], .labels, .act(.toggleManyLabels),
      "exactly one label applies, or each is judged separately")
  ]
  private static let context: [Binding.Context] = [.labels] + listOfTyped
  static let chains = [context]
  var contexts: [Binding.Context] { Self.context }
  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    switch field {
    case .labels: _ = edit(&names)
    case .hypothesis: _ = edit(&hypothesis)
    }
  }

  mutating func toggleMany() { isMany.toggle() }

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    field = movement == .up ? .labels : .hypothesis
  }

  mutating func complete(_ state: State) { field = field == .labels ? .hypothesis : .labels }
  func hintOfTab(_ state: State) -> String? { field == .labels ? "hypothesis" : "labels" }
  func hintOfEnter(_ state: State) -> String? { "keep" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if isRefused { return .stays }
    state.keepLabels(labels, asked: applied, &effects)
    return .closes
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if applied != before { state.askForLabels(before, &effects) }
    return .closes
  }

  // MARK: Questions to the model

  func question(about text: EditedText) -> (any AskedQuestion)? {
    guard labels != applied, !isRefused else { return nil }
    return AskForLabels(labels, text: text, isLive: true)
  }

  mutating func receive(_ answered: ZeroShotLabels?) { (applied, problem) = (answered, nil) }

  mutating func receive(_ asked: ZeroShotLabels?, problem reason: String) {
    if let asked { problem = (asked, reason) }
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let columns = min(84, state.terminal.size.columns - 2)
    let reason = isRefused ? problem?.reason : nil
    let below =
      reason?.wrapped(columns: max(1, columns - 4)) ?? [
        isMany ? "each label separately: none or several may apply" : "exactly one label applies",
        "Ctrl-T changes this; without labels, the model's own classes are used",
      ]
    let inner = picture.openBox(
      columns: columns, rows: min(4 + below.count, state.terminal.size.rows - 4),
      title: "Your own labels, separated by commas", note: note("keeps them", state))
    guard inner.size.rows > 1 else { return }
    let second = Rect(
      column: inner.origin.column, row: inner.origin.row + 1, columns: inner.size.columns, rows: 1)
    picture.drawField(names, prompt: "labels: ", in: inner, isFocused: field == .labels)
    picture.drawField(
      hypothesis, prompt: "hypothesis: ", in: second, isFocused: field == .hypothesis)
    for (line, text) in below.enumerated() where line + 2 < inner.size.rows {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + 2 + line),
        style: Style(reason == nil ? .dim : .error), maxColumns: inner.size.columns)
    }
  }
}

extension Binding.Context {
  static let labels = Self("In the labels prompt")
}

extension Action {
  static let openLabels = Action("open labels") { state, _ in state.openLabels() }
  static let toggleManyLabels = Action("toggle many labels") { state, _ in
    state.changeLabelsPrompt { $0.toggleMany() }
  }
}
