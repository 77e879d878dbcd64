internal import Reports
internal import TerminalUI
internal import Workbench

/// Asks for confirmation before something is lost.
enum Confirmation: Overlay {
  /// Notes could not be saved; how many.
  case quit(notes: Int)
  /// The text could not be saved; the reason is part of a sentence.
  case quitUnsaved(reason: String)
  case replace(Export)

  var contexts: [Binding.Context] { [.always] }
  var isQuestion: Bool { true }

  private var title: String {
    switch self {
    case .quit, .quitUnsaved: "Quit"
    case .replace: "Export"
    }
  }

  private var text: String {
    switch self {
    case .quit(let notes):
      "\(Numerals.count(notes, "note")) could not be saved and would be lost; quit? y/n"
    case .quitUnsaved(let reason):
      "the text could not be saved: \(reason); quit and lose it? y/n"
    case .replace(let export): "\(export.path) exists. Overwrite? y/n"
    }
  }

  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    switch key.code {
    case .character("y"), .character("Y"):
      switch self {
      case .quit: effects.append(.saveAndQuit(state.session))
      case .quitUnsaved: effects.append(.quit(status: 0))
      case .replace(var export):
        export.mayReplace = true
        state.ask(export, &effects)
      }
      return .closes
    case .character("n"), .character("N"), .escape, .character("c"), .character("q"):
      if case .replace = self { state.say("not written") } else { state.say("quit cancelled") }
      return .closes
    default: return .stays
    }
  }

  func draw(_ state: State, on picture: inout Picture) {
    let columns = DisplaySafe.columns(of: text) + 6
    let lines = text.wrapped(columns: min(columns, state.terminal.size.columns - 2) - 4)
    let inner = picture.openBox(columns: columns, rows: lines.count + 2, title: title)
    for (line, text) in lines.enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + line),
        maxColumns: inner.size.columns)
    }
    picture.frame.cursor = Position(
      column: inner.origin.column + min(inner.size.columns - 1, (lines.last ?? "").count + 1),
      row: inner.origin.row + max(0, lines.count - 1))
  }
}

extension State {
  /// Quits; asks first if something would be lost. A signal never asks.
  mutating func quit(_ effects: inout [Effect]) {
    guard dataset.notes.unsaved.isEmpty else {
      overlay = Confirmation.quit(notes: dataset.notes.unsaved.count)
      return
    }
    effects.append(.saveAndQuit(session))
  }
}
