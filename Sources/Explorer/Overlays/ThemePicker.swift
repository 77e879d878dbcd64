internal import TerminalUI

/// The list of themes; the selected one is previewed.
struct ThemePicker: ListOverlay {
  var selected: Int
  /// The theme that Esc restores.
  var original: String?

  static let bindings: [Binding] = [
    Binding(
      [.char("p")], .commands, .act(.openThemes), "choose a theme", hint: "theme", rank: 32,
      name: "themes")
  ]
  static let chains = [listOfChoices]

  var contexts: [Binding.Context] { Self.listOfChoices }

  func lineCount(_ state: State) -> Int { state.terminal.themes.count }

  func selectionChanged(_ state: inout State, _ effects: inout [Effect]) {
    guard let name = state.terminal.themes.element(at: selected) else { return }
    state.terminal.theme = name
    effects.append(.useTheme(name))
  }

  func hintOfEnter(_ state: State) -> String? { "keep" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    state.terminal.chosenTheme = state.terminal.theme
    state.message = state.terminal.theme.map { Message(kind: .notice, text: "theme \($0)") }
    return .closes
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if let original, original != state.terminal.theme {
      state.terminal.theme = original
      effects.append(.useTheme(original))
    }
    return .closes
  }

  func draw(_ state: State, on picture: inout Picture) {
    let inner = picture.openBox(
      columns: 44, rows: state.terminal.themes.count + 2, title: "Theme",
      note: "Enter keeps  Esc reverts")
    picture.drawList(
      count: state.terminal.themes.count, selected: selected, in: inner, state.signs
    ) { line, rect, picture in
      picture.frame.write(
        state.terminal.themes[line], at: rect.origin, maxColumns: rect.size.columns)
    }
  }
}

extension Action {
  static let openThemes = Action("open themes") { state, _ in
    guard !state.terminal.themes.isEmpty else {
      state.message = Message(kind: .warning, text: "no themes were found")
      return
    }
    let current = state.terminal.theme.flatMap { state.terminal.themes.firstIndex(of: $0) } ?? 0
    state.overlay = ThemePicker(selected: current, original: state.terminal.theme)
  }
}
