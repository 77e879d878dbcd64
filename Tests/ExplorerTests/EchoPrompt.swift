import Explorer
import TerminalUI

/// An overlay for tests, which shows what was typed into it.
struct EchoPrompt: Overlay {
  static let bindings = [
    Binding([.char("&")], .commands, .act(.echo), "say what is typed", name: "echo")
  ]

  private var field = TextEditor(isSingleLine: true)

  init() {}

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) { _ = edit(&field) }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    state.say("echo \(field.text)")
    return .closes
  }

  func draw(_ state: State, on picture: inout Picture) {
    let inner = picture.openBox(columns: 40, rows: 3, title: "Echo")
    picture.drawField(field, prompt: "say: ", in: inner)
  }
}

extension Action {
  fileprivate static let echo = Action("echo") { state, _ in state.overlay = EchoPrompt() }
}
