internal import Classifiers
internal import Datasets
internal import TerminalUI
internal import Workbench

/// Asks for a new label and a note: typing selects the label, Tab moves on to the note.
struct NotePrompt: Overlay {
  enum Field: Sendable { case label, note }

  /// Rows of the table.
  let rows: [Int]
  let classes: [String]
  let isMultiLabel: Bool
  var field = Field.label
  /// The text that the listed classes must contain.
  var label: TextEditor
  var note: TextEditor
  /// The selected class; nil means no new label.
  private(set) var selected: Int?
  /// The class that is selected while nothing is typed.
  private let offered: Int?
  /// The classes of the new label, if a text can have several.
  private(set) var chosen: Set<Int>

  /// - Parameters:
  ///   - offered: the class that is selected first; nil means no new label.
  ///   - chosen: the classes of the present label, if a text can have several.
  init(
    rows: [Int], classes: [String], note: String, offered: Int?, chosen: Set<Int>,
    isMultiLabel: Bool, isPlain: Bool
  ) {
    self.rows = rows
    self.classes = classes
    self.isMultiLabel = isMultiLabel
    self.offered = offered
    self.chosen = chosen
    selected = offered
    label = TextEditor(isSingleLine: true, isPlain: isPlain)
    self.note = TextEditor(note, isSingleLine: true, isPlain: isPlain)
  }

  /// The lines of the list: nil, which means no new label, and the classes; while something is
  /// typed, only the classes whose name contains it, those that begin with it first.
  var lines: [Int?] {
    let typed = Self.folded(label.text)
    guard !typed.isEmpty else { return [nil] + classes.indices.map(Optional.some) }
    let names = classes.map(Self.folded)
    let begin = names.indices.filter { names[$0].hasPrefix(typed) }
    let contain = names.indices.filter { !begin.contains($0) && names[$0].contains(typed) }
    return (begin.sorted { names[$0].count < names[$1].count } + contain).map(Optional.some)
  }

  /// The selected line.
  var line: Int { lines.firstIndex { $0 == selected } ?? 0 }

  /// Whether no class's name contains the typed text.
  var isUnknown: Bool { lines.isEmpty }

  private mutating func select(line: Int) {
    guard let found = lines.element(at: line) else { return }
    selected = found
  }

  // MARK: Keys

  var acceptsText: Bool { true }

  mutating func type(_ text: String) {
    if text == " ", takesSpace { toggle() } else { edit { $0.type(text) } }
  }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) {
    guard field == .label else {
      _ = edit(&note)
      return
    }
    guard edit(&label) == .edited else { return }
    selected = Self.folded(label.text).isEmpty ? offered : lines.first ?? nil
  }

  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    select(line: state.moved(line, movement, count: lines.count, page: 10))
  }

  /// Moves to the other field.
  mutating func complete(_ state: State) { field = field == .label ? .note : .label }

  func hintOfTab(_ state: State) -> String? { field == .label ? "note" : "label" }

  func hintOfEnter(_ state: State) -> String? { "save" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    guard !isUnknown else {
      let classes = classes.prefix(8).joined(separator: ", ")
      state.message = Message(
        kind: .warning, text: "there is no class \"\(label.text)\"; the classes are \(classes)")
      return .stays
    }
    state.write(entry, of: rows, &effects)
    // After a single row, the next one is selected.
    if rows.count == 1 { state.moveOnErrors(.down) }
    return .closes
  }

  mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome {
    select(line: line)
    toggle()
    return .stays
  }

  /// Whether Space adds or removes the selected class instead of being typed: only if a text can
  /// have several classes, and if no class's name contains the typed text and a space.
  private var takesSpace: Bool {
    guard isMultiLabel, field == .label else { return false }
    let typed = Self.folded(label.text) + " "
    return !classes.contains { Self.folded($0).contains(typed) }
  }

  /// Adds the selected class to the label, or removes it.
  private mutating func toggle() {
    guard isMultiLabel, let selected else { return }
    if chosen.remove(selected) == nil { chosen.insert(selected) }
    label = TextEditor(isSingleLine: true, isPlain: label.layout.isPlain)
  }

  /// The entry to store. A note that is only the name of a class becomes the label.
  var entry: Annotations.Entry {
    var indices = isMultiLabel ? chosen : Set([selected].compactMap(\.self))
    if isMultiLabel, let selected, !label.text.isEmpty { indices.insert(selected) }
    var note = note.text
    if indices.isEmpty,
      let named = classes.firstIndex(where: { Self.folded($0) == Self.folded(note) })
    {
      indices = [named]
      note = ""
    }
    let label = indices.sorted().compactMap { classes.element(at: $0) }.joined(separator: "|")
    return Annotations.Entry(
      note: note.isEmpty ? nil : note, label: label.isEmpty ? nil : label)
  }

  private static func folded(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace }.joined(separator: " ")
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let row = state.dataset.table.map { "row \($0.fileRow(rows[0]))" } ?? "the row"
    let inner = picture.openBox(
      columns: 72, rows: min(classes.count + 5, state.terminal.size.rows - 4),
      title: "New label for \(rows.count == 1 ? row : "\(rows.count) rows")",
      note: (takesSpace ? "Space selects a class  " : "") + note("saves", state))
    guard inner.size.rows > 2 else { return }
    let last = Rect(
      column: inner.origin.column, row: inner.origin.row + inner.size.rows - 1,
      columns: inner.size.columns, rows: 1)
    picture.drawField(label, prompt: "label: ", in: inner, isFocused: field == .label)
    picture.drawField(note, prompt: "note: ", in: last, isFocused: field == .note)
    if isUnknown {
      picture.frame.write(
        "no class has this name",
        at: Position(column: inner.origin.column + 3, row: inner.origin.row + 1),
        style: Style(.warning), maxColumns: inner.size.columns - 3)
    }
    let lines = lines
    picture.drawList(
      count: lines.count, selected: line, in: inner, below: 1, above: 1, state.signs
    ) { line, rect, picture in
      if let index = lines[line], chosen.contains(index) {
        picture.frame.write(state.signs.done, at: rect.origin)
      }
      picture.frame.write(
        lines[line].map { classes[$0] } ?? "no new label",
        at: Position(column: rect.origin.column + 3, row: rect.origin.row),
        style: Style(lines[line] == nil ? .dim : .text), maxColumns: rect.size.columns - 3,
        hasEllipsis: true)
    }
  }
}

extension State {
  fileprivate mutating func openNote() {
    guard let table = dataset.table, let row = noteRow else {
      return say("no row is selected")
    }
    let marked = dataset.rows.marked
    let rows = errors.isInDrawer || marked.isEmpty ? [row] : marked.sorted()
    let example = table[rows[0]]
    let entry = dataset.notes.annotations.entries[example.fileRow]
    let isMultiLabel = summary?.link == .sigmoid
    let names = entry?.label?.split(separator: "|").map(String.init) ?? []
    let labels = isMultiLabel ? names : entry?.label.map { [$0] } ?? []
    let chosen = labels.compactMap { table.classes.firstIndex(of: $0) }
    // In the list of suspect labels, the suggested class is selected first.
    let suspected = entry?.label == nil ? selectedSuspect?.suggested : nil
    overlay = NotePrompt(
      rows: rows, classes: table.hasNumbers ? [] : table.classes, note: entry?.note ?? "",
      offered: suspected ?? chosen.first, chosen: isMultiLabel ? Set(chosen) : [],
      isMultiLabel: isMultiLabel, isPlain: terminal.abilities.isPlain)
  }

  private var selectedSuspect: LabelSuspect? {
    guard errors.isInDrawer, errors.drawer == .suspects else { return nil }
    return errors.report?.suspects.element(at: errors.line.selection)
  }

  private var noteRow: Int? { selectedSuspect?.index ?? selectedRow }
}

extension Action {
  static let label = Action("label") { state, _ in state.openNote() }
}
