internal import TerminalUI
internal import Workbench

/// Asks for the model to open: a path with completion, a recent model, or a built-in one.
struct ModelPrompt: SuggestionOverlay {
  let use: ModelUse
  var field = TextEditor(isSingleLine: true)
  /// Why the given path can't be opened, as a sentence; nil once the path is edited.
  var problem: String?
  /// The completions of the field's text; empty until they arrive.
  var found: [PathCompletion] = []
  /// The selected line; nil while Enter applies to the field.
  var selected: Int?

  /// The suggestions: the completions of the field's text; while it is empty, the recent models,
  /// the built-in models, and the recent data sets if the prompt opens data sets.
  func lines(_ state: State) -> [PathCompletion] {
    let builtIn = state.opening.builtIn
    func line(_ path: String) -> PathCompletion {
      var line = PathCompletion(path: path, isFolder: false)
      line.remark = builtIn.first { $0.name == path }?.purpose
      return line
    }
    let names = builtIn.map(\.name)
    guard field.text.isEmpty else {
      return names.filter { $0.hasPrefix(field.text) }.map(line) + found
    }
    let recent = state.opening.recent
    let data = use.opensData ? state.dataset.sessions.paths + state.openDataPath : []
    return (recent + names.filter { !recent.contains($0) } + data.prefix(8)).map(line)
  }

  // MARK: Keys

  static let bindings: [Binding] = [
    Binding(
      [.char("O")], .commands, .act(.openModel(for: .main)),
      "open a model or labelled texts: a path or a recent one", hint: "open",
      rank: 33, name: "open"),
    Binding(
      [.alt("m")], .models, .act(.aboutSelectedModel), "about the selected model",
      hint: "about it", rank: 4),
  ]
  static let chains = [listOfModels]
  private static let listOfModels: [Binding.Context] = [.models] + listOfTyped

  var contexts: [Binding.Context] { Self.listOfModels }

  var acceptsText: Bool { true }
  var incompletePath: String? { field.text }

  mutating func receive(_ found: [PathCompletion]) { self.found = found }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    if edit(&field) == .edited { (selected, problem) = (nil, nil) }
  }

  func lineCount(_ state: State) -> Int { lines(state).count }

  /// From the field, down goes to the first line and up to the last one.
  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let count = lineCount(state)
    guard count > 0 else { return }
    selected =
      selected.map { state.moved($0, movement, count: count, page: 10) }
      ?? (movement == .up ? count - 1 : 0)
  }

  /// Completes to the longest common prefix; if that adds nothing, to the selected or the first
  /// line.
  mutating func complete(_ state: State) {
    let lines = lines(state)
    guard let first = lines.first else { return }
    if let selected, let line = lines.element(at: selected) { return fill(line.completed) }
    let common = lines.commonBeginning
    let isFurther = common.utf8.count > field.text.utf8.count
    fill(isFurther || lines.count == 1 ? common : first.completed)
  }

  private mutating func fill(_ text: String) {
    field = TextEditor(text, isSingleLine: true)
    selected = nil
  }

  func hintOfTab(_ state: State) -> String? {
    lines(state).isEmpty ? nil : "complete"
  }

  func hintOfEnter(_ state: State) -> String? {
    selected == nil && field.text.isEmpty ? nil : "open"
  }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    let argument = argument(state)
    guard !argument.isEmpty else { return .stays }
    if use.opensData, DataFile.isNamed(argument) {
      state.open(data: argument, &effects)
      return .closes
    }
    state.open(model: argument, for: use, &effects)
    return .closes
  }

  /// What Enter opens: the selected line, or else the field's text.
  func argument(_ state: State) -> String {
    selected.flatMap { lines(state).element(at: $0) }?.path ?? field.text
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    state.opening.refused = nil
    return .closes
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let lines = lines(state)
    let columns = min(96, state.terminal.size.columns - 2)
    let problem = problem?.wrapped(columns: max(1, columns - 4)) ?? []
    let inner = picture.openBox(
      columns: columns, rows: min(16 + problem.count, state.terminal.size.rows - 4),
      title: use.title,
      note: field.text.isEmpty ? "recent" : note("opens", state))
    guard inner.size.rows > 1 else { return }
    picture.drawField(field, prompt: "path: ", in: inner)
    picture.drawProblem(problem, in: inner)
    picture.drawList(
      count: lines.count, selected: selected, in: inner, below: 1 + problem.count, state.signs
    ) { line, rect, picture in
      let used = picture.frame.write(
        lines[line].completed, at: rect.origin, style: Style(lines[line].isFolder ? .key : .text),
        maxColumns: rect.size.columns, hasEllipsis: true)
      guard let remark = lines[line].remark else { return }
      picture.frame.write(
        remark, at: Position(column: rect.origin.column + used + 2, row: rect.origin.row),
        style: Style(.dim), maxColumns: max(0, rect.size.columns - used - 2), hasEllipsis: true)
    }
  }
}

extension Binding.Context {
  fileprivate static let models = Self("In the prompt for models")
}

extension Action {
  package static func openModel(for use: ModelUse) -> Action {
    Action("open model: \(use.title)") { state, _ in
      if use.isPossible(&state) { state.openModelPrompt(for: use) }
    }
  }
}
