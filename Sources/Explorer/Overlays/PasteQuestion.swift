internal import Reports
internal import TerminalUI

/// Asks before a long text is pasted.
struct PasteQuestion: Overlay {
  /// Pastes of more bytes than this need confirmation.
  static let limit = 65_536
  var text: String

  var contexts: [Binding.Context] { [.always] }
  var isQuestion: Bool { true }

  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    switch key.code {
    case .character("y"), .character("Y"):
      state.insertPaste(text)
      return .closes
    case .character("n"), .character("N"), .escape, .character("c"):
      state.say("not pasted")
      return .closes
    default: return command == nil ? .stays : nil
    }
  }

  func draw(_ state: State, on picture: inout Picture) {
    let size = Numerals.bytes(text.utf8.count)
    let question = "Paste \(size)? y/n"
    let inner = picture.openBox(columns: question.count + 6, rows: 3, title: "Paste")
    picture.frame.write(question, at: inner.origin, maxColumns: inner.size.columns)
    picture.frame.cursor = Position(
      column: inner.origin.column + question.count + 1, row: inner.origin.row)
  }
}
