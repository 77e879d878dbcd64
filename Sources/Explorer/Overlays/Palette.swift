internal import Attribution
internal import TerminalUI

/// Commands, explainers, classes and themes in one list that is narrowed by typing.
struct Palette: Sendable {
  /// A line of the list.
  struct Entry: Sendable, Equatable {
    /// What is typed for it: `quit`, `explainer occlusion`.
    var text: String
    var detail: String
    var command: Command
    /// Found only by who begins to type its name.
    var isHidden = false
    /// Never the line that Enter would take by accident: it leaves the program.
    var isLast = false
    /// The screen that it is about.
    var screen: Screen?
  }

  /// A line with how it was found.
  struct Hit: Sendable, Equatable {
    var entry: Entry
    var positions: [Int]
  }

  /// What stands before the field: `:` or `> `.
  var prompt: String
  var field = TextEditor(isSingleLine: true)
  var selected = 0
  var top = 0
  /// The query that Tab completed, so that the next Tab goes on to the next value.
  var cycled: String?

  /// The lines that fit what was typed, the best first.
  func hits(in entries: [Entry]) -> [Hit] {
    let query = cycled ?? field.text
    let found = entries.enumerated().compactMap { index, entry -> (Hit, Int, Int)? in
      if entry.isHidden, !entry.text.hasPrefix(query.lowercased()) || query.count < 3 { return nil }
      let isPrefix = !query.isEmpty && entry.text.lowercased().hasPrefix(query.lowercased())
      if let match = FuzzyMatch(query, in: entry.text) {
        let score = entry.isLast && !isPrefix ? -1000 : match.score + (isPrefix ? 100 : 0)
        return (Hit(entry: entry, positions: match.positions), score, index)
      }
      guard entry.describes(query) else { return nil }
      return (Hit(entry: entry, positions: []), entry.isLast ? -1000 : -60, index)
    }
    return found.sorted { $0.1 == $1.1 ? $0.2 < $1.2 : $0.1 > $1.1 }.map(\.0)
  }

  /// Tab: first to the selected line's first word if it takes a value, then to the values in turn.
  mutating func complete(in entries: [Entry]) {
    let hits = hits(in: entries)
    guard !hits.isEmpty else { return }
    if cycled == nil {
      let text = hits[min(selected, hits.count - 1)].entry.text
      if let space = text.firstIndex(of: " ") {
        let verb = String(text[...space])
        if !field.text.lowercased().hasPrefix(verb) {
          field = TextEditor(verb, isSingleLine: true)
          selected = 0
          return
        }
      }
      cycled = field.text
      selected = min(selected, hits.count - 1)
    } else {
      selected = (selected + 1) % hits.count
    }
    let text = hits[selected].entry.text
    field = TextEditor(text, isSingleLine: true)
  }
}

extension Palette.Entry {
  /// Every word of the query is in its name or in what is said of it.
  fileprivate func describes(_ query: String) -> Bool {
    let text = "\(text) \(detail)".lowercased()
    let words = query.lowercased().split(separator: " ")
    return !words.isEmpty && words.allSatisfy { text.contains($0) }
  }
}

extension State {
  /// So many choices are remembered.
  private static let mostUsedCommands = 20

  /// What the palette offers, in the order of an empty query: what was used last comes first.
  var paletteEntries: [Palette.Entry] {
    let all = allPaletteEntries
    let used = usedCommands.compactMap { name in all.first { $0.text == name && !$0.isLast } }
    return used + all.filter { entry in !used.contains { $0.text == entry.text } }
  }

  /// Does what a line of the palette says, and remembers that it was used.
  mutating func choose(_ entry: Palette.Entry, _ effects: inout [Effect]) {
    if !entry.isLast, !entry.isHidden {
      let others = usedCommands.filter { $0 != entry.text }
      usedCommands = [entry.text] + others.prefix(Self.mostUsedCommands - 1)
    }
    if let screen = entry.screen { show(screen) }
    perform(entry.command, &effects)
  }

  private var allPaletteEntries: [Palette.Entry] {
    var entries: [Palette.Entry] = []
    // what is about the program as a whole comes last
    let bindings =
      Keymap.bindings.filter { $0.context != .always }
      + Keymap.bindings.filter { $0.context == .always }
    for binding in bindings {
      guard let name = binding.name else { continue }
      let keys = binding.keys.map(\.name).joined(separator: " ")
      entries.append(
        .init(
          text: name, detail: "\(binding.help)  (\(keys))", command: binding.command,
          isLast: [.quit, .suspend].contains(binding.command),
          screen: binding.command == .clearFilter ? .errors : nil))
    }
    for (pane, detail) in Pane.described {
      entries.append(.init(text: "pane \(pane)", detail: detail, command: .focus(pane)))
    }
    entries.append(
      .init(
        text: "clear-text", detail: "an empty text; u brings the old one back",
        command: .replaceText("")))
    entries.append(
      .init(
        text: "example-text", detail: "a text to try; u brings the old one back",
        command: .replaceText(Session.example)))
    for method in summary?.methods ?? [] {
      entries.append(
        .init(
          text: "explainer " + method.card.name,
          detail: method.reasonNotApplicable ?? method.card.summary,
          command: .chooseExplainer(method.card.name)))
    }
    for setting in ExplainerSetting.allCases {
      entries.append(
        .init(
          text: "set \(setting.rawValue)",
          detail: "\(setting.summary): \(value(of: setting))",
          command: .openSettings(setting.rawValue + " ")))
    }
    for (index, name) in (summary?.classes ?? []).enumerated() {
      entries.append(
        .init(text: "class " + name, detail: "explain this class", command: .chooseClass(index)))
    }
    if canContrast {
      for (index, name) in (summary?.classes ?? []).enumerated() {
        entries.append(
          .init(
            text: "versus " + name, detail: "set the explained class against this one",
            command: .chooseVersus(index)))
      }
    }
    for name in themes {
      let isCurrent = name == theme
      entries.append(
        .init(
          text: "palette " + name, detail: isCurrent ? "the theme in use" : "a theme",
          command: .useTheme(name)))
    }
    entries.append(.init(text: "mouse on", detail: "clicks and wheel", command: .useMouse(true)))
    entries.append(
      .init(
        text: "mouse off", detail: "the terminal selects text itself", command: .useMouse(false)))
    for crash in Crash.allCases {
      entries.append(
        .init(
          text: "debug crash " + crash.rawValue, detail: "prove that the terminal is restored",
          command: .crash(crash), isHidden: true))
    }
    return entries
  }
}

extension State.Pane {
  /// The panes that the palette goes to, and what they show.
  fileprivate static let described: [(pane: Self, detail: String)] = [
    (.heatmap, "the text, painted with what each word does"),
    (.tokens, "the words as a table, the strongest first"),
    (.prediction, "the classes and their probabilities"),
    (.explainers, "the ways to explain a prediction"),
    (.trust, "how far this explanation can be trusted"),
  ]
}
