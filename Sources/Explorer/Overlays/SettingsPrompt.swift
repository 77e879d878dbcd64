internal import Attribution
internal import TerminalUI
internal import Workbench

/// Asks for explainer options: `samples 512`, with the names of `explain`'s options.
struct SettingsPrompt: SuggestionOverlay {
  var field = TextEditor(isSingleLine: true)
  /// The selected line; nil while Enter applies to the field.
  var selected: Int?
  /// Why the typed option can't be set, as a sentence; nil once the text is edited.
  var problem: String?

  init(_ text: String = "", isPlain: Bool = false) {
    field = TextEditor(text, isSingleLine: true, isPlain: isPlain)
  }

  /// The options that begin with the first word of the field; all if none does.
  func lines(_ state: State) -> [ExplainerSetting] {
    let name = field.text.split(separator: " ").first.map(String.init) ?? ""
    let all = state.explainerSettings
    let found = all.filter { $0.name.hasPrefix(name.lowercased()) }
    return found.isEmpty ? all : found
  }

  private mutating func fill(_ setting: ExplainerSetting) {
    field = TextEditor(setting.name + " ", isSingleLine: true)
    (selected, problem) = (nil, nil)
  }

  // MARK: Keys

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    if edit(&field) == .edited { (selected, problem) = (nil, nil) }
  }

  func lineCount(_ state: State) -> Int { lines(state).count }

  /// Completes the name of the selected or first line, followed by the space before the value.
  mutating func complete(_ state: State) {
    guard let setting = lines(state).element(at: selected ?? 0) else { return }
    fill(setting)
  }

  func hintOfTab(_ state: State) -> String? {
    var completed = self
    completed.complete(state)
    return completed.field.text == field.text ? nil : "complete"
  }

  func hintOfEnter(_ state: State) -> String? { "set" }

  /// Puts a selected line into the field, for its value to be typed; otherwise sets the typed
  /// option.
  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if let selected, let setting = lines(state).element(at: selected) {
      fill(setting)
      return .stays
    }
    guard field.text.contains(where: { $0 != " " }) else { return .closes }
    if let typed = TypedSetting(field.text, among: state.explainerSettings) {
      problem = state.set(typed, &effects)
    } else {
      let names = state.explainerSettings.map(\.name).joined(separator: ", ")
      problem = "expected a name and a value, such as samples 512; names are \(names)"
    }
    return problem == nil ? .closes : .stays
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let lines = lines(state)
    let columns = min(100, state.terminal.size.columns - 2)
    let problem = problem?.wrapped(columns: max(1, columns - 4)) ?? []
    let inner = picture.openBox(
      columns: columns, rows: min(lines.count + 3 + problem.count, state.terminal.size.rows - 4),
      title: "How explanations are computed", note: "e.g. samples 512  Enter sets")
    guard inner.size.rows > 1 else { return }
    picture.drawField(field, prompt: "set: ", in: inner)
    picture.drawProblem(problem, in: inner)
    picture.drawList(
      count: lines.count, selected: selected, in: inner, below: 1 + problem.count, state.signs
    ) { line, rect, picture in
      draw(lines[line], in: rect, state, &picture)
    }
  }

  /// `samples      512      how many samples a sampling method draws`; dim if the current explainer
  /// does not use the option.
  private func draw(
    _ setting: ExplainerSetting, in rect: Rect, _ state: State, _ picture: inout Picture
  ) {
    let value = state.chosenValue(of: setting)
    let role: Role = state.uses(setting) == false && value == nil ? .dim : .text
    let used = state.usualValue(of: setting)
    let at = { (column: Int) in
      Position(column: rect.origin.column + column, row: rect.origin.row)
    }
    picture.frame.write(setting.name, at: at(1), style: Style(role), maxColumns: 13)
    picture.frame.write(
      value ?? used ?? state.signs.dash, at: at(15),
      style: Style(value == nil ? .dim : .text, value == nil ? [] : .bold), maxColumns: 14)
    picture.frame.write(
      setting.summary, at: at(30), style: Style(.dim),
      maxColumns: max(0, rect.size.columns - 30))
  }
}

extension Action {
  /// Opens the prompt with a text in its field.
  static func openSettings(_ text: String) -> Action {
    Action("open settings \(text)") { state, _ in
      state.overlay = SettingsPrompt(text, isPlain: state.terminal.abilities.isPlain)
    }
  }
}
