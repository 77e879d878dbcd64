internal import TerminalUI

/// The help: all keys, starting with those that work at the focus, filtered by what is typed after
/// `/`.
struct HelpSheet: Overlay {
  /// The filter; nil until `/` is pressed.
  var filter: TextEditor?
  var isFiltering = false
  var top = 0

  static let bindings: [Binding] = [
    Binding(
      [Key(.function(1))], .always, .act(.openHelp), "help: all keys and what they do",
      hint: "help", rank: 6),
    Binding(
      [.char("?")], .commands, .act(.openHelp), "help: all keys and what they do", name: "help"),
    Binding(
      [.char("/")], .help, .filter, "show only lines that contain …", hint: "filter", rank: 2),
    Binding([.char("?")], .help, .closeOverlay, "close"),
  ]
  static let chains = [listOfHelp]
  private static let listOfHelp: [Binding.Context] = [.help, .reading, .always]

  var contexts: [Binding.Context] { isFiltering ? Self.listOfTyped : Self.listOfHelp }
  var acceptsText: Bool { isFiltering }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    guard isFiltering else { return }
    var field = filter ?? TextEditor(isSingleLine: true)
    if edit(&field) == .edited { top = 0 }
    filter = field
  }

  mutating func startFilter() {
    filter = filter ?? TextEditor(isSingleLine: true)
    isFiltering = true
    top = 0
  }

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let count = state.helpLines(containing: wanted).count
    let rows = state.terminal.size.rows - 4 - (filter == nil ? 0 : 1)
    let next = state.moved(top, movement, count: count, page: max(1, state.terminal.size.rows - 6))
    top = max(0, min(movement == .last ? count : next, count - rows))
  }

  func isAvailable(_ binding: Binding, _ state: State) -> Bool {
    binding.command != .act(.openHelp)
  }

  func hintOfEnter(_ state: State) -> String? { "read" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    isFiltering = false
    return .stays
  }

  mutating func cancel(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    guard isFiltering else { return .closes }
    (isFiltering, filter) = (false, nil)
    return .stays
  }

  private var wanted: String { filter?.text.lowercased() ?? "" }

  func draw(_ state: State, on picture: inout Picture) {
    let lines = state.helpLines(containing: wanted)
    let inner = picture.openBox(
      columns: 88, rows: state.terminal.size.rows - 2, title: "Help",
      note: isFiltering ? "" : "/ filter  Esc closes")
    var rows = inner.size.rows
    var first = inner.origin.row
    if let filter {
      picture.drawField(filter, prompt: "/", in: inner, isFocused: isFiltering)
      rows -= 1
      first += 1
    }
    let top = max(0, min(top, lines.count - rows))
    picture.scrollMark(top..<top + max(0, min(rows, lines.count)), of: lines.count, around: inner)
    for (line, entry) in lines.dropFirst(top).prefix(max(0, rows)).enumerated() {
      let row = first + line
      switch entry {
      case .heading(let text):
        picture.frame.write(
          text, at: Position(column: inner.origin.column, row: row), style: Style(.title, .bold),
          maxColumns: inner.size.columns)
      case .blank: break
      case .part(let name, let text):
        picture.frame.write(
          name, at: Position(column: inner.origin.column + 2, row: row), style: Style(.title),
          maxColumns: 12)
        if !name.isEmpty {
          picture.frame.write(
            state.signs.arrow, at: Position(column: inner.origin.column + 14, row: row),
            style: Style(.dim))
        }
        picture.frame.write(
          text, at: Position(column: inner.origin.column + 17, row: row),
          maxColumns: max(0, inner.size.columns - 17))
      case .binding(let keys, let help):
        let start = inner.origin.column + 2
        let used = picture.frame.write(
          keys, at: Position(column: start, row: row), style: Style(.key),
          maxColumns: inner.size.columns - 2)
        let column = max(start + 20, start + used + 2)
        picture.frame.write(
          help, at: Position(column: column, row: row),
          maxColumns: max(0, inner.origin.column + inner.size.columns - column))
      }
    }
  }
}

extension Binding.Context {
  fileprivate static let help = Self("In the help")
}

extension Action {
  static let openHelp = Action("open help") { state, effects in
    // Closing another overlay undoes what it only previews.
    state.closeOverlay(&effects)
    state.overlay = HelpSheet()
  }
}

enum HelpLine: Sendable, Equatable {
  /// The name of a part of the screen, and a line of its description.
  case part(String, String)
  case heading(String)
  case binding(keys: String, help: String)
  case blank
}

extension State {
  /// All bindings that match the filter, starting with those that work at the focus.
  fileprivate func helpLines(containing wanted: String) -> [HelpLine] {
    // The cursor keys come last: people seldom look for them.
    let basic: [Binding.Context] = [.editor, .text]
    let near = contextsBelow.filter { !basic.contains($0) }
    let order =
      near + catalog.keymap.contexts.filter { !near.contains($0) && !basic.contains($0) } + basic
    var lines: [HelpLine] = wanted.isEmpty ? partLines : []
    for context in order {
      let found = catalog.keymap.bindings.filter { $0.context == context }.compactMap {
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

  /// Descriptions of the parts of the screen.
  private var partLines: [HelpLine] {
    let parts = layer.parts
    guard !parts.isEmpty else { return [] }
    let columns = max(20, min(88, terminal.size.columns - 2) - 4 - 17)
    return [.heading("What you see")]
      + parts.flatMap { part in
        part.meaning.wrapped(columns: columns).enumerated().map { line, text in
          HelpLine.part(line == 0 ? part.name : "", text)
        }
      }
  }
}
