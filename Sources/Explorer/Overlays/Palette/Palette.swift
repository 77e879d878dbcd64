internal import Attribution
internal import Reports
internal import TerminalUI

/// Commands, explainers, classes and themes in one list, filtered by typing.
struct Palette: ListOverlay {
  /// A matching entry with the matched characters.
  struct Hit: Sendable, Equatable {
    var entry: PaletteEntry
    var positions: [Int]
  }

  /// The text before the field: `:` or `> `.
  var prompt: String
  var field = TextEditor(isSingleLine: true)
  var selected = 0
  /// The query that Tab completed, so that the next Tab goes to the next value.
  var cycled: String?

  /// The entries that match the typed text, the best first.
  func hits(in entries: [PaletteEntry]) -> [Hit] {
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

  // MARK: Keys

  static let bindings: [Binding] = [
    Binding(
      [.ctrl("p")], .screen, .act(.openPalette),
      "palette: commands, explainers, classes, themes", hint: "palette", rank: 5),
    Binding(
      [.alt("c")], .screen, .act(.findClass), "a class by its name, to explain it",
      name: "find-class"),
    Binding(
      [.char(":")], .commands, .act(.openCommandLine), "type a command", hint: "type", rank: 40),
  ]

  var acceptsText: Bool { true }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    guard edit(&field) == .edited else { return }
    cycled = nil
    selected = 0
  }

  func lineCount(_ state: State) -> Int { hits(in: state.paletteEntries).count }

  /// Completes the selected line's first word if a value follows it, then the values in turn.
  mutating func complete(_ state: State) {
    let hits = hits(in: state.paletteEntries)
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

  func hintOfTab(_ state: State) -> String? {
    hits(in: state.paletteEntries).isEmpty ? nil : "complete"
  }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    if let typed = TypedSetting(field.text, among: state.explainerSettings), typed.hasValue {
      guard let problem = state.set(typed, &effects) else { return .closes }
      state.message = Message(kind: .warning, text: problem)
      return .stays
    }
    guard let hit = hits(in: state.paletteEntries).element(at: selected) else {
      state.message = Message(kind: .warning, text: "no command \"\(field.text)\"")
      return .stays
    }
    state.choose(hit.entry, &effects)
    return .closes
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let hits = hits(in: state.paletteEntries)
    let inner = picture.openBox(
      columns: max(96, state.terminal.size.columns * 4 / 5),
      rows: max(22, state.terminal.size.rows * 3 / 4),
      title: "Commands", note: Numerals.count(hits.count, "line"))
    guard inner.size.rows > 1 else { return }
    picture.drawField(field, prompt: prompt, in: inner)
    let rows = inner.size.rows - 1
    let selected = min(selected, max(0, hits.count - 1))
    let top = max(0, min(selected - rows / 2, hits.count - rows))
    let longest =
      hits.dropFirst(top).prefix(rows).map { DisplaySafe.columns(of: $0.entry.text) }.max() ?? 0
    let textColumns = min(max(24, longest + 1), inner.size.columns / 2)
    picture.drawList(
      count: hits.count, selected: selected, in: inner, below: 1, state.signs
    ) { line, rect, picture in
      draw(hits[line], in: rect, textColumns, state.signs, &picture)
    }
  }

  /// Matched letters are bold and underlined.
  private func draw(
    _ hit: Hit, in rect: Rect, _ textColumns: Int, _ signs: Signs, _ picture: inout Picture
  ) {
    var column = rect.origin.column
    let edge = column + textColumns
    let name = hit.entry.text.fitted(columns: textColumns - 1, signs.ellipsis)
    for (index, character) in name.enumerated() {
      let isMeant = hit.positions.contains(index)
      column += picture.frame.write(
        String(character), at: Position(column: column, row: rect.origin.row),
        style: isMeant ? Style(.key, [.bold, .underline]) : Style())
    }
    // The keys matter most, so the description is truncated before them.
    let columns = max(0, rect.origin.column + rect.size.columns - edge - 1)
    let keys = hit.entry.keys.isEmpty ? "" : "  (\(hit.entry.keys))"
    let detail = hit.entry.detail.fitted(
      columns: columns - DisplaySafe.columns(of: keys), signs.ellipsis)
    picture.frame.write(
      detail + keys, at: Position(column: edge + 1, row: rect.origin.row), style: Style(.dim),
      maxColumns: columns, hasEllipsis: true)
  }
}

extension Action {
  static let openPalette = Action("open palette") { state, _ in
    state.overlay = Palette(prompt: "> ")
  }
  static let findClass = Action("find class") { state, _ in
    guard state.summary != nil else { return state.say("still loading the model") }
    state.overlay = Palette(prompt: "> ", field: TextEditor("class ", isSingleLine: true))
  }
  static let openCommandLine = Action("open command line") { state, _ in
    state.overlay = Palette(prompt: ":")
  }
}

extension PaletteEntry {
  /// Whether every word of the query is in the entry's name, description or keys.
  fileprivate func describes(_ query: String) -> Bool {
    let text = "\(text) \(detail) (\(keys))".lowercased()
    let words = query.lowercased().split(separator: " ")
    return !words.isEmpty && words.allSatisfy { text.contains($0) }
  }
}
