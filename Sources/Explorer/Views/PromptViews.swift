internal import Datasets
internal import TerminalUI

/// Prompts about the data set and about files.
extension OverlayView {
  func draw(_ prompt: NotePrompt, _ picture: inout Picture) {
    let lines = prompt.lines
    let count = prompt.rows.count
    let row = state.errors.table.map { "row \($0.fileRow(prompt.rows[0]))" } ?? "the row"
    let inner = open(
      columns: 72, rows: min(prompt.classes.count + 5, state.size.rows - 4),
      title: "New label for \(count == 1 ? row : "\(count) rows")",
      note: (prompt.takesSpace ? "Space takes a class  " : "") + state.promptNote("saves"),
      &picture)
    guard inner.size.rows > 2 else { return }
    let last = Rect(
      column: inner.origin.column, row: inner.origin.row + inner.size.rows - 1,
      columns: inner.size.columns, rows: 1)
    drawField(
      prompt.label, prompt: "label: ", in: inner, isFocused: prompt.field == .label, &picture)
    drawField(prompt.note, prompt: "note: ", in: last, isFocused: prompt.field == .note, &picture)
    let visible = inner.size.rows - 2
    if prompt.isUnknown {
      picture.frame.write(
        "no class is called so",
        at: Position(column: inner.origin.column + 3, row: inner.origin.row + 1),
        style: Style(.warning), maxColumns: inner.size.columns - 3)
    }
    let top = max(0, min(prompt.line - visible / 2, lines.count - visible))
    for (line, index) in lines.dropFirst(top).prefix(visible).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + 1 + line,
        columns: inner.size.columns, rows: 1)
      if let index, prompt.chosen.contains(index) {
        picture.frame.write(state.signs.done, at: rect.origin)
      }
      picture.frame.write(
        index.map { prompt.classes[$0] } ?? "no new label",
        at: Position(column: rect.origin.column + 3, row: rect.origin.row),
        style: Style(index == nil ? .dim : .text), maxColumns: rect.size.columns - 3,
        hasEllipsis: true)
      picture.mark(rect, as: .line(top + line))
      if top + line == prompt.line { highlight(rect, &picture) }
    }
    scrollMark(top..<top + min(visible, lines.count), of: lines.count, around: inner, &picture)
  }

  func draw(_ prompt: ExportPrompt, _ picture: inout Picture) {
    let found = prompt.found.prefix(max(0, state.size.rows - 10 - prompt.formats.count))
    let inner = open(
      columns: 84, rows: prompt.formats.count + 3 + (found.isEmpty ? 0 : found.count + 1),
      title: "Export what is on the screen", note: state.promptNote("writes"), &picture)
    guard inner.size.rows > 1 else { return }
    drawField(prompt.field, prompt: "file: ", in: inner, &picture)
    let last = inner.origin.row + inner.size.rows
    func rect(_ line: Int) -> Rect {
      Rect(
        column: inner.origin.column, row: inner.origin.row + 1 + line,
        columns: inner.size.columns, rows: 1)
    }
    for (line, format) in prompt.formats.enumerated() where rect(line).origin.row < last {
      let place = rect(line).origin
      picture.frame.write(".\(format.ending)", at: place, style: Style(.key))
      picture.frame.write(
        format.summary, at: Position(column: place.column + 8, row: place.row),
        maxColumns: inner.size.columns - 8)
      picture.mark(rect(line), as: .line(line))
      if format == prompt.format { highlight(rect(line), &picture) }
    }
    for (line, entry) in found.enumerated() {
      let place = rect(prompt.formats.count + 1 + line)
      guard place.origin.row < last else {
        scrollMark(0..<line, of: found.count, around: inner, &picture)
        break
      }
      picture.frame.write(
        entry.completed, at: place.origin, style: Style(.dim), maxColumns: place.size.columns,
        hasEllipsis: true)
    }
  }

  func draw(_ confirmation: Confirmation, _ picture: inout Picture) {
    let columns = DisplaySafe.columns(of: confirmation.question) + 6
    let lines = confirmation.question.wrapped(columns: min(columns, state.size.columns - 2) - 4)
    let inner = open(
      columns: columns, rows: lines.count + 2, title: confirmation.title, &picture)
    for (line, text) in lines.enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + line),
        maxColumns: inner.size.columns)
    }
    picture.frame.cursor = Position(
      column: inner.origin.column + min(inner.size.columns - 1, (lines.last ?? "").count + 1),
      row: inner.origin.row + max(0, lines.count - 1))
  }
}
