internal import Attribution
internal import TerminalUI

enum HelpLine: Sendable, Equatable {
  case heading(String)
  case binding(keys: String, help: String)
  case blank
}

extension State {
  /// The help sheet: every binding, what is heard at the focus first.
  func helpLines(_ sheet: HelpSheet) -> [HelpLine] {
    let wanted = sheet.filter?.text.lowercased() ?? ""
    var below = self
    below.overlay = nil
    let near = below.contexts
    let order = near + Binding.Context.allCases.filter { !near.contains($0) }
    var lines: [HelpLine] = []
    for context in order {
      let found = Keymap.bindings.filter { $0.context == context }.compactMap {
        binding -> HelpLine? in
        let keys = binding.keys.map(\.name).joined(separator: "  ")
        let isWanted =
          wanted.isEmpty || keys.lowercased().contains(wanted)
          || binding.help.lowercased().contains(wanted)
        return isWanted ? .binding(keys: keys, help: binding.help) : nil
      }
      guard !found.isEmpty else { continue }
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(context.title))
      lines += found
    }
    return lines.isEmpty ? [.heading("nothing contains \(wanted)")] : lines
  }

  /// The text of a card.
  func content(of card: Card.Content) -> (title: String, text: [String]) {
    switch card {
    case .method:
      guard let entry = summary?.method(named: method) else { return ("Explainer", [method]) }
      var text = [entry.card.summary, ""]
      if !entry.card.formula.isEmpty { text += [entry.card.formula, ""] }
      text += [entry.card.caveats(for: summary?.traits ?? []), ""]
      if let reason = entry.reasonNotApplicable { text += ["Here it \(reason).", ""] }
      text.append("Cost: \(entry.card.cost)")
      text.append("Source: \(entry.card.source)")
      text.append("On the command line: --method \(entry.card.name)")
      return (entry.card.title, text)
    case .trust:
      return ("What the measures ask", TrustCard(self).lines)
    case .shellCommand:
      return (
        "Command",
        [
          shellCommand
            ?? (screen != .explore || off.isEmpty
              ? "nothing is on the screen yet that a command prints"
              : "no command prints a text with words switched off; 0 puts them back")
        ]
      )
    }
  }

  /// The command that prints what is on the screen; nil where nothing is, or only an older map.
  public var shellCommand: String? {
    switch screen {
    case .errors: return ShellCommand.evaluate(self)
    case .compare: return ShellCommand.compare(self)
    case .explore, .journal: break
    }
    // no command line leaves words of a text unread
    guard let shown, !isShownStale, let summary, off.isEmpty else { return nil }
    return ShellCommand.explain(shown, summary: summary)
  }
}
