package import TerminalUI

/// The card of the first start: four things to try. Any key closes it and takes effect on the
/// screen. Only Enter just closes it, since it would insert a line break into the example text.
///
/// Each line works as written, from the card and after any other line: it begins with Esc, which
/// leaves the editor for command mode and has no effect there.
package struct Welcome: Overlay {
  package var contexts: [Binding.Context] { [.always] }

  package static let lines: [(key: String, text: String)] = [
    ("type", "in the text: prediction and colours update at once"),
    ("Esc Space", "switches the selected word off: would the answer change?"),
    ("Esc d", "shows after which word the model decides"),
    ("Esc 2 Enter", "opens 200 reviews, the model's errors first"),
  ]

  package mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    guard key.code != .enter else { return .closes }
    state.handle(.key(key), &effects)
    return .closes
  }

  package func draw(_ state: State, on picture: inout Picture) {
    let size = picture.frame.size
    let columns = min(76, size.columns - 4)
    let rows = Self.lines.count + 7
    // The box leaves the painted text visible, which new users should see first.
    let inner = picture.openBox(
      columns: columns, rows: rows, title: "Welcome to Whylight", note: "any key closes",
      isInLowerHalf: true)
    func write(_ text: String, _ line: Int, _ column: Int = 0, _ style: Style = Style()) {
      guard line < inner.size.rows else { return }
      picture.frame.write(
        text, at: Position(column: inner.origin.column + column, row: inner.origin.row + line),
        style: style, maxColumns: inner.size.columns - column, hasEllipsis: true)
    }
    write("See which words decide what a classifier predicts. Four things to try:", 0)
    for (index, line) in Self.lines.enumerated() {
      write(line.key, index + 2, 1, Style(.key))
      write(line.text, index + 2, 13)
    }
    write(
      "F1 explains what you see. Ctrl-P welcome shows this card again.", rows - 4, 0, Style(.dim))
    write(
      "In the shell: whylight tour; for molecules, whylight --model molecules.", rows - 3, 0,
      Style(.dim))
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }
}

extension Action {
  static let showWelcome = Action("show welcome") { state, _ in state.welcome() }
}

extension State {
  /// Shows the card of the first start.
  public mutating func welcome() { overlay = Welcome() }
}
