internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// A text with a heading; any key closes it.
struct Card: Overlay {
  enum Content: Sendable, Equatable {
    case method, shellCommand, trust
    case entry(Journal.Entry)
  }
  var content: Content

  static let bindings: [Binding] = [
    Binding(
      [.char("m")], .commands, .act(.aboutExplainer), "about this explainer", hint: "about",
      rank: 30, name: "about-explainer"),
    Binding(
      [.char("Y")], .commands, .act(.showShellCommand),
      "show and copy the command that prints this",
      hint: "command", rank: 35, name: "command"),
  ]

  var contexts: [Binding.Context] { [.always] }

  mutating func handle(
    _ key: Key, as command: Command?, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome? {
    command == nil || command == .act(.openHelp) ? .closes : nil
  }

  func draw(_ state: State, on picture: inout Picture) {
    let columns = min(84, state.terminal.size.columns - 4)
    let content = state.content(of: content)
    let lines = content.text.flatMap { $0.wrapped(columns: max(10, columns - 4)) }
    let inner = picture.openBox(
      columns: columns, rows: lines.count + 2, title: content.title, note: "any key closes")
    let shown = lines.limited(
      rows: inner.size.rows, columns: inner.size.columns, state.signs.ellipsis)
    for (line, text) in shown.enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + line),
        maxColumns: inner.size.columns)
    }
    picture.scrollMark(0..<shown.count, of: lines.count, around: inner)
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }
}

extension Action {
  static let aboutExplainer = Action("about explainer") { state, _ in
    state.overlay = Card(content: .method)
  }
  static let showShellCommand = Action("show shell command") { state, effects in
    state.overlay = Card(content: .shellCommand)
    if let command = state.shellCommand { effects.append(.copy(.text(command))) }
  }
}

extension State {
  /// The heading and the paragraphs of a card.
  fileprivate func content(of card: Card.Content) -> (title: String, text: [String]) {
    switch card {
    case .method:
      guard let entry = summary?.method(named: settings.method) else {
        return ("Explainer", [settings.method])
      }
      var text = [entry.card.summary, ""]
      if !entry.card.formula.isEmpty { text += [entry.card.formula, MethodCard.notation, ""] }
      text += [entry.card.caveats(for: summary?.traits ?? []), ""]
      if let reason = entry.reasonNotApplicable { text += ["Here it \(reason).", ""] }
      text.append("Cost: \(entry.card.cost)")
      text.append("Source: \(entry.card.source)")
      text.append("On the command line: --method \(entry.card.name)")
      return (entry.card.title, text)
    case .entry(let entry):
      let seconds = Numerals.fixed(Float(entry.seconds), 2)
      return (
        "Log entry",
        ["\(entry.kind.rawValue), at \(entry.time), \(seconds) s after the start", "", entry.text]
      )
    case .trust:
      return ("What the measures mean", TrustCard(self).lines)
    case .shellCommand:
      return (
        "Command",
        [
          shellCommand ?? layer.reasonForNoShellCommand(self)
        ]
      )
    }
  }
}
