internal import Attribution
internal import TerminalUI

/// What lies over the screen: help, palette, themes, cards, questions.
struct OverlayView {
  let state: State

  func draw(on picture: inout Picture) {
    switch state.overlay {
    case nil: break
    case .help(let sheet): draw(sheet, &picture)
    case .palette(let palette): draw(palette, &picture)
    case .themes(let picker): draw(picker, &picture)
    case .columns(let selected): drawColumns(selected, &picture)
    case .model(let prompt): draw(prompt, &picture)
    case .classes(let prompt): draw(prompt, &picture)
    case .settings(let prompt): draw(prompt, &picture)
    case .word(let prompt): WordPromptView(state: state, prompt: prompt).draw(on: &picture)
    case .card(let card): draw(card, &picture)
    case .question(let question): draw(question, &picture)
    case .note(let prompt): draw(prompt, &picture)
    case .export(let prompt): draw(prompt, &picture)
    case .confirmation(let confirmation): draw(confirmation, &picture)
    case .jump: drawLetters(&picture)
    }
  }

  /// An empty box in the middle, at most as large as asked for.
  func open(
    columns: Int, rows: Int, title: String, note: String = "", _ picture: inout Picture
  ) -> Rect {
    let size = state.size
    let width = min(columns, size.columns - 2)
    let height = min(rows, size.rows - 2)
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, (size.rows - height) / 2), columns: width,
      rows: height)
    picture.clear(for: rect)
    let inner = picture.frame.box(rect, title: title, note: note, isFocused: true)
    picture.mark(rect, as: .overlay)
    picture.frame.cursor = nil
    return inner.inset(columns: 1, rows: 0)
  }

  // MARK: Help

  private func draw(_ sheet: HelpSheet, _ picture: inout Picture) {
    let lines = state.helpLines(sheet)
    let inner = open(
      columns: 88, rows: state.size.rows - 2, title: "Keys",
      note: sheet.isFiltering ? "" : "/ filter  Esc closes", &picture)
    var rows = inner.size.rows
    var first = inner.origin.row
    if let filter = sheet.filter {
      let place = inner.origin
      let used = picture.frame.write("/", at: place, style: Style(.key))
      picture.frame.write(
        filter.text, at: Position(column: place.column + used, row: place.row),
        maxColumns: inner.size.columns - 1)
      if sheet.isFiltering {
        let columns = DisplaySafe.columns(of: filter.text, isPlain: picture.frame.isPlain)
        picture.frame.cursor = Position(column: place.column + 1 + columns, row: place.row)
      }
      rows -= 1
      first += 1
    }
    let top = max(0, min(sheet.top, lines.count - rows))
    scrollMark(top..<top + max(0, min(rows, lines.count)), of: lines.count, around: inner, &picture)
    for (line, entry) in lines.dropFirst(top).prefix(max(0, rows)).enumerated() {
      let row = first + line
      switch entry {
      case .heading(let text):
        picture.frame.write(
          text, at: Position(column: inner.origin.column, row: row), style: Style(.title, .bold),
          maxColumns: inner.size.columns)
      case .blank: break
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

  // MARK: Lists

  private func draw(_ palette: Palette, _ picture: inout Picture) {
    let hits = palette.hits(in: state.paletteEntries)
    let inner = open(
      columns: max(96, state.size.columns * 4 / 5), rows: max(22, state.size.rows * 3 / 4),
      title: "Commands", note: Numerals.count(hits.count, "line"), &picture)
    guard inner.size.rows > 1 else { return }
    let place = inner.origin
    let start = place.column + picture.frame.write(palette.prompt, at: place, style: Style(.key))
    let edge = place.column + inner.size.columns
    picture.frame.write(
      palette.field.text, at: Position(column: start, row: place.row), maxColumns: edge - start)
    let before = palette.field.layout.position(of: palette.field.cursor).column
    picture.frame.cursor = Position(column: min(start + before, edge - 1), row: place.row)
    let rows = inner.size.rows - 1
    let selected = min(palette.selected, max(0, hits.count - 1))
    let top = max(0, min(selected - rows / 2, hits.count - rows))
    let seen = hits.dropFirst(top).prefix(rows)
    let longest = seen.map { DisplaySafe.columns(of: $0.entry.text) }.max() ?? 0
    let textColumns = min(max(24, longest + 1), inner.size.columns / 2)
    for (line, hit) in seen.enumerated() {
      let row = place.row + 1 + line
      draw(hit, at: Position(column: place.column, row: row), textColumns, inner, &picture)
      let rect = Rect(column: place.column, row: row, columns: inner.size.columns, rows: 1)
      picture.mark(rect, as: .line(top + line))
      if top + line == selected { highlight(rect, &picture) }
    }
    scrollMark(top..<top + min(rows, hits.count), of: hits.count, around: inner, &picture)
  }

  /// The letters that were meant are bold and underlined.
  private func draw(
    _ hit: Palette.Hit, at place: Position, _ textColumns: Int, _ inner: Rect,
    _ picture: inout Picture
  ) {
    var column = place.column
    let edge = place.column + textColumns
    let name = hit.entry.text.fitted(columns: textColumns - 1, state.signs.ellipsis)
    for (index, character) in name.enumerated() {
      let isMeant = hit.positions.contains(index)
      column += picture.frame.write(
        String(character), at: Position(column: column, row: place.row),
        style: isMeant ? Style(.key, [.bold, .underline]) : Style())
    }
    picture.frame.write(
      hit.entry.detail, at: Position(column: edge + 1, row: place.row), style: Style(.dim),
      maxColumns: max(0, inner.origin.column + inner.size.columns - edge - 1))
  }

  private func draw(_ picker: ThemePicker, _ picture: inout Picture) {
    let inner = open(
      columns: 44, rows: state.themes.count + 2, title: "Theme", note: "Enter keeps  Esc reverts",
      &picture)
    let rows = inner.size.rows
    let top = max(0, min(picker.selected - rows / 2, state.themes.count - rows))
    for (line, name) in state.themes.dropFirst(top).prefix(max(0, rows)).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + line, columns: inner.size.columns,
        rows: 1)
      picture.frame.write(name, at: rect.origin, maxColumns: inner.size.columns)
      picture.mark(rect, as: .line(top + line))
      if top + line == picker.selected { highlight(rect, &picture) }
    }
    let count = state.themes.count
    scrollMark(top..<top + max(0, min(rows, count)), of: count, around: inner, &picture)
  }

  private func draw(_ prompt: ModelPrompt, _ picture: inout Picture) {
    let lines = prompt.lines(recent: state.recentModels)
    let columns = min(96, state.size.columns - 2)
    let problem = prompt.problem?.wrapped(columns: max(1, columns - 4)) ?? []
    let inner = open(
      columns: columns, rows: min(16 + problem.count, state.size.rows - 4),
      title: prompt.use.title,
      note: prompt.field.text.isEmpty ? "recent" : state.promptNote("opens"), &picture)
    guard inner.size.rows > 1 else { return }
    drawField(prompt.field, prompt: "path: ", in: inner, &picture)
    for (line, text) in problem.prefix(inner.size.rows - 1).enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + 1 + line),
        style: Style(.error), maxColumns: inner.size.columns)
    }
    let first = inner.origin.row + 1 + problem.count
    let rows = max(0, inner.size.rows - 1 - problem.count)
    let top = max(0, min((prompt.selected ?? 0) - rows / 2, lines.count - rows))
    for (line, entry) in lines.dropFirst(top).prefix(rows).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: first + line, columns: inner.size.columns, rows: 1)
      picture.frame.write(
        entry.completed, at: rect.origin, style: Style(entry.isFolder ? .key : .text),
        maxColumns: rect.size.columns, hasEllipsis: true)
      picture.mark(rect, as: .line(top + line))
      if top + line == prompt.selected { highlight(rect, &picture) }
    }
    scrollMark(top..<top + min(rows, lines.count), of: lines.count, around: inner, &picture)
  }

  /// Which lines of a list are in sight, on the border of the box.
  func scrollMark(
    _ visible: Range<Int>, of count: Int, around inner: Rect, _ picture: inout Picture
  ) {
    // `open` leaves a column free inside of the border
    picture.frame.scrollMark(visible, of: count, in: inner.inset(columns: -2, rows: -1))
  }

  /// A field with what stands before it; the end of a text that is too long is what one types at.
  func drawField(
    _ field: TextEditor, prompt: String, in inner: Rect, isFocused: Bool = true,
    _ picture: inout Picture
  ) {
    let start =
      inner.origin.column + picture.frame.write(prompt, at: inner.origin, style: Style(.key))
    let columns = inner.origin.column + inner.size.columns - start
    var shown = field
    shown.resize(to: Size(columns: max(1, columns - 1), rows: 1))
    picture.frame.draw(
      shown, in: Rect(column: start, row: inner.origin.row, columns: max(1, columns - 1), rows: 1),
      isFocused: isFocused)
  }

  private func drawColumns(_ selected: Int, _ picture: inout Picture) {
    let methods = state.summary?.methods ?? []
    let inner = open(
      columns: 84, rows: methods.count + 2, title: "Columns",
      note: "Enter adds or removes  Esc closes",
      &picture)
    let rows = inner.size.rows
    let top = max(0, min(selected - rows / 2, methods.count - rows))
    for (line, method) in methods.dropFirst(top).prefix(max(0, rows)).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + line, columns: inner.size.columns,
        rows: 1)
      let isColumn = state.compare.methods?.contains(method.card.name) == true
      let isApplicable = method.reasonNotApplicable == nil
      picture.frame.write(isColumn ? state.signs.done : "", at: rect.origin)
      picture.frame.write(
        method.card.title, at: Position(column: rect.origin.column + 3, row: rect.origin.row),
        style: Style(isApplicable ? .text : .dim, isColumn ? .bold : []))
      picture.frame.write(
        method.reasonNotApplicable ?? method.card.cost,
        at: Position(column: rect.origin.column + 34, row: rect.origin.row), style: Style(.dim),
        maxColumns: max(0, rect.size.columns - 34), hasEllipsis: true)
      picture.mark(rect, as: .line(top + line))
      if top + line == selected { highlight(rect, &picture) }
    }
    let count = methods.count
    scrollMark(top..<top + max(0, min(rows, count)), of: count, around: inner, &picture)
  }

  func highlight(_ rect: Rect, _ picture: inout Picture) {
    let cursor = picture.frame.cursor
    picture.select(rect)
    if let cursor { picture.frame.cursor = cursor }
    // the selection is a change of text too
    if picture.frame.isPlain, rect.origin.column > 0 {
      picture.frame.write(
        state.signs.chosen, at: Position(column: rect.origin.column - 1, row: rect.origin.row))
    }
  }

  // MARK: Letters

  private func drawLetters(_ picture: inout Picture) {
    picture.frame.cursor = nil
    for mark in Jump(picture).marks {
      picture.frame.write(
        String(mark.letter), at: mark.place, style: Style(.key, [.bold, .reverse]))
    }
  }

  // MARK: Cards and questions

  private func draw(_ card: Card, _ picture: inout Picture) {
    let columns = min(84, state.size.columns - 4)
    let content = state.content(of: card.content)
    let lines = content.text.flatMap { $0.wrapped(columns: max(10, columns - 4)) }
    let inner = open(
      columns: columns, rows: lines.count + 2, title: content.title, note: "any key closes",
      &picture)
    let shown = lines.limited(
      rows: inner.size.rows, columns: inner.size.columns, state.signs.ellipsis)
    for (line, text) in shown.enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + line),
        maxColumns: inner.size.columns)
    }
    scrollMark(0..<shown.count, of: lines.count, around: inner, &picture)
    if picture.frame.isPlain { picture.frame.cursor = inner.origin }
  }

  private func draw(_ question: PasteQuestion, _ picture: inout Picture) {
    let size = Numerals.bytes(question.text.utf8.count)
    let text = "\(size) > 64 KB, insert? y/n"
    let inner = open(columns: text.count + 6, rows: 3, title: "Paste", &picture)
    picture.frame.write(text, at: inner.origin, maxColumns: inner.size.columns)
    picture.frame.cursor = Position(
      column: inner.origin.column + text.count + 1, row: inner.origin.row)
  }
}
