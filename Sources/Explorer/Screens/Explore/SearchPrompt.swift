internal import TerminalUI

/// Asks for a text to find on Explore, and goes to it as it is typed.
struct SearchPrompt: Overlay {
  var field = TextEditor(isSingleLine: true)
  /// The word that was selected before, which Esc selects again.
  let unit: Int

  static let bindings: [Binding] = [
    Binding(
      [.char("/")], .panes, .act(.openSearch), "search the text; . and , go through the matches",
      hint: "search", rank: 22, name: "search")
  ]

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) { _ = edit(&field) }

  /// Searches after each typed character.
  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    guard case .character(let character) = key.code, key.modifiers.isSubset(of: .shift) else {
      guard case .edit(let edit) = command else { return nil }
      if field.perform(edit) == .edited { look(&state) }
      return .stays
    }
    _ = field.type(String(character))
    look(&state)
    return .stays
  }

  private func look(_ state: inout State) {
    state.explore.search = field.text.isEmpty ? nil : field.text
    state.explore.selectedUnit = unit
    if !field.text.isEmpty { state.moveToFirstStop() }
  }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    look(&state)
    if let search = state.explore.search, state.places(of: search).isEmpty {
      state.say("\(search) is not in the text")
      state.explore.search = nil
    }
    return .closes
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    state.explore.search = nil
    state.explore.selectedUnit = unit
    return .closes
  }

  func hintOfEnter(_ state: State) -> String? { "stay here" }

  func isAvailable(_ binding: Binding, _ state: State) -> Bool { binding.context != .completion }

  /// Draws the prompt in the row above the hints, so that the text stays visible.
  func draw(_ state: State, on picture: inout Picture) {
    let size = picture.frame.size
    let row = Rect(column: 0, row: size.rows - 2, columns: size.columns, rows: 1)
    picture.frame.fill(row)
    picture.mark(row, as: .overlay)
    let count = field.text.isEmpty ? 0 : state.places(of: field.text).count
    let note = field.text.isEmpty ? "" : count == 0 ? "no match" : "\(count) found"
    picture.frame.write(
      note, endingBefore: Position(column: size.columns - 1, row: row.origin.row),
      style: Style(.dim))
    picture.frame.cursor = nil
    picture.drawField(
      field, prompt: "/",
      in: Rect(column: 1, row: row.origin.row, columns: max(10, size.columns - 16), rows: 1))
  }
}

extension Action {
  static let openSearch = Action("open search") { state, _ in
    guard state.explanations.shown != nil else { return state.say("no text yet") }
    state.overlay = SearchPrompt(unit: state.explore.selectedUnit)
  }
}
