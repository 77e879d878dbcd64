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
      if let match = FuzzyMatch(query, in: entry.text) {
        let isPrefix = entry.text.lowercased().hasPrefix(query.lowercased())
        return (
          Hit(entry: entry, positions: match.positions), match.score + (isPrefix ? 100 : 0), index
        )
      }
      guard entry.detail.lowercased().contains(query.lowercased()) else { return nil }
      return (Hit(entry: entry, positions: []), -60, index)
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

extension State {
  /// Everything that the palette offers, in the order of an empty query.
  var paletteEntries: [Palette.Entry] {
    var entries: [Palette.Entry] = []
    for binding in Keymap.bindings {
      guard let name = binding.name else { continue }
      let keys = binding.keys.map(\.name).joined(separator: " ")
      entries.append(
        .init(text: name, detail: "\(binding.help)  (\(keys))", command: binding.command))
    }
    for method in summary?.methods ?? [] {
      entries.append(
        .init(
          text: "explainer " + method.card.name,
          detail: method.reasonNotApplicable ?? method.card.summary,
          command: .chooseExplainer(method.card.name)))
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
