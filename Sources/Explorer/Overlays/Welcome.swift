package import TerminalUI

/// The card of the first start: four things to try. Any key closes it and takes effect on the
/// screen. Only Enter just closes it, since it would insert a line break into the example text.
///
/// Each line works as written, from the card and after any other line: it begins with Esc, which
/// leaves the editor for command mode and has no effect there.
package struct Welcome: Overlay {
  package var contexts: [Binding.Context] { [.always] }

  package static let lines: [(key: String, text: String)] = [
    ("type", "in the text: answer and colours follow"),
    ("Esc Space", "switches a word off: does it matter?"),
    ("Esc d", "shows at which word the model decides"),
    ("Esc 2 Enter", "opens 200 reviews, errors first"),
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
    let blocks = Self.blocks(columns: columns - 4)
    // Without blank lines in a low window, where they would hide more of the text.
    let isSpaced = blocks.joined().count + blocks.count + 1 <= size.rows - 6
    let lines = Array(blocks.joined(separator: isSpaced ? [Line(text: "")] : []))
    // The box leaves the painted text visible, which new users should see first.
    let inner = picture.openBox(
      columns: columns, rows: lines.count + 2, title: "Welcome to Whylight",
      note: "any key closes", isInLowerHalf: true)
    for (index, line) in lines.prefix(inner.size.rows).enumerated() {
      let (column, row) = (inner.origin.column, inner.origin.row + index)
      picture.frame.write(
        line.key, at: Position(column: column + 1, row: row), style: Style(.key))
      picture.frame.write(
        line.text, at: Position(column: column + line.indent, row: row), style: line.style,
        maxColumns: inner.size.columns - line.indent)
    }
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }
}

extension Welcome {
  private struct Line {
    var key = ""
    var text: String
    var indent = 0
    var style = Style()
  }

  /// The card's paragraphs, in wrapped lines.
  private static func blocks(columns: Int) -> [[Line]] {
    func wrapped(_ text: String, _ indent: Int = 0, _ style: Style = Style()) -> [Line] {
      text.wrapped(columns: max(1, columns - indent)).map {
        Line(text: $0, indent: indent, style: style)
      }
    }
    return [
      wrapped("See which words decide what a classifier predicts. Four things to try:"),
      lines.flatMap { line in
        var rows = wrapped(line.text, 13)
        rows[0].key = line.key
        return rows
      },
      wrapped("F1 explains what you see. Ctrl-P welcome shows this card again.", 0, Style(.dim))
        + wrapped(
          "In the shell: whylight tour; for molecules, whylight --model molecules.", 0, Style(.dim)),
    ]
  }
}

extension Action {
  static let showWelcome = Action("show welcome") { state, _ in state.welcome() }
}

extension State {
  /// Shows the card of the first start.
  public mutating func welcome() { overlay = Welcome() }
}
