internal import Reports
internal import TerminalUI
internal import Workbench

/// Asks for the file to export to: the extension of the path determines the format, the arrow keys
/// change it, and Tab completes the path.
struct ExportPrompt: Overlay {
  var field: TextEditor
  /// The formats that the screen can be written in.
  let formats: [OutputFormat]
  private let catalog: OutputCatalog
  /// The completions of the field's text.
  var found: [PathCompletion] = []

  init(path: String, formats: [OutputFormat], catalog: OutputCatalog) {
    field = TextEditor(path, isSingleLine: true)
    self.formats = formats
    self.catalog = catalog
  }

  /// The format of the typed path; nil if its extension is none of the formats'.
  var format: OutputFormat? {
    catalog.format(ofFile: field.text).flatMap { formats.contains($0) ? $0 : nil }
  }

  private mutating func change(to next: OutputFormat) {
    var path = field.text
    if catalog.format(ofFile: path) != nil, let dot = path.lastIndex(of: ".") {
      path = String(path[..<dot])
    }
    field = TextEditor(path + "." + next.ending, isSingleLine: true)
  }

  // MARK: Keys

  static let bindings: [Binding] = [
    Binding([.ctrl("s")], .screen, .act(.export), "export what is on the screen"),
    Binding(
      [.char("E")], .commands, .act(.export), "export what is on the screen to a file",
      hint: "export", rank: 34, name: "export"),
  ]

  var acceptsText: Bool { true }
  var incompletePath: String? { field.text }

  mutating func receive(_ found: [PathCompletion]) { self.found = found }

  mutating func edit(_ edit: (inout TextEditor) -> TextEditor.Outcome) { _ = edit(&field) }

  /// Selects the previous or next format, and changes the path's extension to match.
  mutating func move(_ movement: Movement, _ state: inout State, _ effects: inout [Effect]) {
    let step = [.up, .left, .pageUp, .first].contains(movement) ? -1 : 1
    let index = format.flatMap { formats.firstIndex(of: $0) } ?? (step > 0 ? -1 : 0)
    change(to: formats[(index + step + formats.count) % formats.count])
  }

  /// Completes to the longest common prefix.
  mutating func complete(_ state: State) {
    guard let first = found.first else { return }
    let common = found.commonBeginning
    let isFurther = common.utf8.count > field.text.utf8.count
    field = TextEditor(isFurther ? common : first.completed, isSingleLine: true)
  }

  func hintOfTab(_ state: State) -> String? { found.isEmpty ? nil : "complete" }

  func hintOfEnter(_ state: State) -> String? { "write" }

  mutating func accept(_ state: inout State, _ effects: inout [Effect]) -> OverlayOutcome {
    guard let format else {
      let endings = formats.map { "." + $0.ending }.joined(separator: " ")
      state.message = Message(kind: .warning, text: "use one of \(endings)")
      return .stays
    }
    return state.export(to: field.text, as: format, &effects) ? .closes : .stays
  }

  mutating func press(
    line: Int, _ state: inout State, _ effects: inout [Effect]
  ) -> OverlayOutcome {
    if let format = formats.element(at: line) { change(to: format) }
    return .stays
  }

  // MARK: Drawing

  func draw(_ state: State, on picture: inout Picture) {
    let found = found.prefix(max(0, state.terminal.size.rows - 10 - formats.count))
    let inner = picture.openBox(
      columns: 84, rows: formats.count + 3 + (found.isEmpty ? 0 : found.count + 1),
      title: "Export what is on the screen", note: note("writes", state))
    guard inner.size.rows > 1 else { return }
    picture.drawField(field, prompt: "file: ", in: inner)
    let last = inner.origin.row + inner.size.rows
    func rect(_ line: Int) -> Rect {
      Rect(
        column: inner.origin.column, row: inner.origin.row + 1 + line,
        columns: inner.size.columns, rows: 1)
    }
    for (line, format) in formats.enumerated() where rect(line).origin.row < last {
      let place = rect(line).origin
      picture.frame.write(".\(format.ending)", at: place, style: Style(.key))
      picture.frame.write(
        format.summary, at: Position(column: place.column + 8, row: place.row),
        maxColumns: inner.size.columns - 8)
      picture.mark(rect(line), as: .line(line))
      if format == self.format { picture.highlight(rect(line), state.signs) }
    }
    for (line, entry) in found.enumerated() {
      let place = rect(formats.count + 1 + line)
      guard place.origin.row < last else { break }
      picture.frame.write(
        entry.completed, at: place.origin, style: Style(.dim), maxColumns: place.size.columns,
        hasEllipsis: true)
    }
  }
}

extension Action {
  static let export = Action("export") { state, _ in state.openExport() }
}
