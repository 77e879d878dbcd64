internal import Attribution
internal import Classifiers
internal import Reports
internal import TerminalUI
internal import Workbench

/// Draws the possible replacements of a word, each with the model's answer.
struct WordPromptView {
  @Shared var state: State
  let prompt: WordPrompt

  func draw(on picture: inout Picture) {
    let size = state.terminal.size
    let width = min(64, size.columns - 2)
    let height = min(2 + 2 + max(1, prompt.neighbours?.count ?? 12), size.rows - 2)
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, (size.rows - height) / 2), columns: width,
      rows: height)
    picture.clear(for: rect)
    let inner = picture.frame.box(
      rect, title: "Instead of \(prompt.word)", note: "type, or choose  Enter tries",
      isFocused: true
    ).inset(columns: 1, rows: 0)
    picture.mark(rect, as: .overlay)
    guard inner.size.rows > 1 else { return }
    drawHead(inner, &picture)
    drawField(inner, &picture)
    drawNeighbours(inner, &picture)
  }

  private var target: Int { state.targetClass ?? 0 }

  private func drawHead(_ inner: Rect, _ picture: inout Picture) {
    let row = inner.origin.row + 1
    let now = state.targetProbability.map { state.answer($0) } ?? ""
    picture.frame.write(
      "neighbour", at: Position(column: inner.origin.column, row: row), style: Style(.dim))
    picture.frame.write(
      "cosine", endingBefore: Position(column: inner.origin.column + 30, row: row),
      style: Style(.dim))
    picture.frame.write(
      "\(state.quantityName(of: target)), now \(now)",
      at: Position(column: inner.origin.column + 33, row: row),
      style: Style(.dim), maxColumns: max(0, inner.size.columns - 33), hasEllipsis: true)
  }

  private func drawField(_ inner: Rect, _ picture: inout Picture) {
    let columns = min(30, inner.size.columns - 30)
    picture.frame.cursor = nil
    picture.drawField(
      prompt.field, prompt: "word: ",
      in: Rect(
        column: inner.origin.column, row: inner.origin.row, columns: columns + 1, rows: 1))
    if let typed = prompt.typed, typed.text == prompt.field.text {
      drawProbability(typed, row: inner.origin.row, inner, &picture)
    }
  }

  private func drawNeighbours(_ inner: Rect, _ picture: inout Picture) {
    let rows = inner.size.rows - 2
    let first = inner.origin.row + 2
    guard let neighbours = prompt.neighbours, !neighbours.isEmpty else {
      let text =
        prompt.problem ?? (prompt.neighbours == nil ? "looking for neighbours" : "no neighbours")
      for (line, part) in text.wrapped(columns: inner.size.columns).prefix(max(0, rows))
        .enumerated()
      {
        picture.frame.write(
          part, at: Position(column: inner.origin.column, row: first + line), style: Style(.dim),
          maxColumns: inner.size.columns)
      }
      return
    }
    let top = max(0, min((prompt.selected ?? 0) - rows / 2, neighbours.count - rows))
    for (line, entry) in neighbours.dropFirst(top).prefix(max(0, rows)).enumerated() {
      let row = first + line
      let rect = Rect(
        column: inner.origin.column, row: row, columns: inner.size.columns, rows: 1)
      picture.frame.write(
        entry.text, at: rect.origin, maxColumns: 22, hasEllipsis: true)
      if let similarity = entry.similarity {
        picture.frame.write(
          Numerals.correlation(similarity),
          endingBefore: Position(column: inner.origin.column + 30, row: row), style: Style(.dim))
      }
      drawProbability(entry, row: row, inner, &picture)
      picture.mark(rect, as: .line(top + line))
      guard top + line == prompt.selected else { continue }
      let cursor = picture.frame.cursor
      picture.select(Rect(column: rect.origin.column, row: row, columns: 30, rows: 1))
      if let cursor, !picture.frame.isPlain { picture.frame.cursor = cursor }
      if picture.frame.isPlain {
        picture.frame.write(
          state.signs.chosen, at: Position(column: rect.origin.column - 1, row: row))
      }
    }
  }

  /// `0.38 ███▏  -0.33  flips`.
  private func drawProbability(
    _ entry: WordNeighbours.Candidate, row: Int, _ inner: Rect, _ picture: inout Picture
  ) {
    guard let value = entry.probabilities.element(at: target) else { return }
    let column = inner.origin.column + 33
    let edge = inner.origin.column + inner.size.columns
    var text = state.answer(value)
    if let now = state.targetProbability { text += "  " + state.difference(from: now, to: value) }
    if state.isFlipped(entry.probabilities) { text += "  flips" }
    picture.frame.write(
      text, at: Position(column: column, row: row),
      style: Style(state.isFlipped(entry.probabilities) ? .notice : .text),
      maxColumns: max(0, edge - column))
  }
}
