internal import TerminalUI
internal import Workbench

/// Asks for a candidate to rank against the first text; offers those of the data set.
struct CandidatePrompt: SuggestionOverlay {
  /// The second texts of rows with the same first text.
  let fromData: [String]
  var field: TextEditor
  /// The selected line; nil while Enter applies to the field.
  var selected: Int?

  init(fromData: [String], isPlain: Bool) {
    self.fromData = fromData
    field = TextEditor(isSingleLine: true, isPlain: isPlain)
  }

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    if edit(&field) == .edited { selected = nil }
  }

  func lineCount(_ state: State) -> Int { fromData.count }

  func hintOfEnter(_ state: State) -> String? { "add" }

  /// Adds the selected line, the typed text, or all lines if nothing is typed or selected.
  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    let typed = field.text.allSatisfy(\.isWhitespace) ? nil : field.text
    let chosen = selected.flatMap { fromData.element(at: $0) } ?? typed
    let new = chosen.map { [$0] } ?? fromData
    guard !new.isEmpty else { return .closes }
    state.add(candidates: new)
    return .closes
  }

  func draw(_ state: State, on picture: inout Picture) {
    let columns = min(96, state.terminal.size.columns - 2)
    let inner = picture.openBox(
      columns: columns, rows: min(fromData.count + 4, state.terminal.size.rows - 4),
      title: "A candidate for \(state.name(ofPart: 0))",
      note: fromData.isEmpty ? note("adds it", state) : "Enter adds all of the data set")
    guard inner.size.rows > 1 else { return }
    picture.drawField(field, prompt: "text: ", in: inner)
    picture.drawList(
      count: fromData.count, selected: selected, in: inner, below: 1, state.signs
    ) { line, rect, picture in
      picture.frame.write(
        fromData[line], at: rect.origin, style: Style(.text), maxColumns: rect.size.columns,
        hasEllipsis: true)
    }
  }
}
