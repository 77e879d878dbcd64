internal import Attribution
internal import Classifiers
internal import TerminalUI
internal import Workbench

/// Draws the kept text and the present one side by side, painted, with the words that differ.
struct PairView {
  @Shared var state: State
  let rect: Rect

  /// The width of each of the two texts, in columns.
  static func columns(_ rect: Rect) -> Int { max(8, (rect.size.columns - 7) / 2) }

  func draw(on picture: inout Picture) {
    guard let pinned = state.findings.pinned else {
      let key = state.catalog.keymap.binding(of: .act(.pinText))?.keys.first?.name ?? ""
      for (line, text)
        in "\(key) keeps the present text as A; later edits become B, shown beside it."
        .wrapped(columns: rect.size.columns - 2).prefix(rect.size.rows).enumerated()
      {
        picture.frame.write(
          text, at: Position(column: rect.origin.column + 1, row: rect.origin.row + line),
          style: Style(.dim))
      }
      return
    }
    let columns = max(8, (rect.size.columns - 5) / 2)
    let difference = WordDifference(pinned.text, state.document.text)
    let a = state.state(at: pinned)
    let left = rect.origin.column + 1
    let right = left + columns + 3
    let top = state.findings.list(.pair).first
    // For a pair, A and B are the names of its two texts.
    let names = state.document.isPair ? ("kept", "now") : ("A", "B")
    drawHead(names.0, a, at: left, columns, nil, &picture)
    drawHead(
      names.1, state, at: right, columns, a.predictions.latest?.prediction.probabilities, &picture)
    let area = Rect(
      column: left, row: rect.origin.row + 1, columns: columns, rows: rect.size.rows - 1)
    let other = Rect(
      column: right, row: area.origin.row, columns: columns, rows: area.size.rows)
    draw(a, isPresent: false, difference.onlyInFirst, top: top, in: area, &picture)
    draw(state, isPresent: true, difference.onlyInSecond, top: top, in: other, &picture)
    for row in 0..<rect.size.rows {
      picture.frame.write(
        picture.frame.isPlain ? "|" : "│",
        at: Position(column: right - 2, row: rect.origin.row + row), style: Style(.border))
    }
  }

  private func drawHead(
    _ name: String, _ side: State, at column: Int, _ columns: Int, _ reference: [Float]?,
    _ picture: inout Picture
  ) {
    guard let summary = state.summary, let prediction = side.predictions.latest?.prediction else {
      return
    }
    let target = state.targetClass ?? prediction.classIndex
    let value = prediction.probabilities.element(at: target) ?? 0
    let place = Position(column: column, row: rect.origin.row)
    var text = "\(name)  "
    if prediction.classIndex != target, summary.link == .softmax {
      text += "\(summary.className(prediction.classIndex)); "
    }
    text += "\(summary.className(target)) \(state.answer(value))"
    if let reference = reference?.element(at: target) {
      text += " (\(state.difference(from: reference, to: value)))"
    }
    picture.frame.write(
      text, at: place, style: Style(.text, .bold), maxColumns: columns, hasEllipsis: true)
  }

  private func draw(
    _ side: State, isPresent: Bool, _ different: [Range<Int>], top: Int, in area: Rect,
    _ picture: inout Picture
  ) {
    let text = HeatmapText(side, columns: area.size.columns)
    let height = text.rowHeight
    for line in 0..<max(1, area.size.rows / height) where top + line < text.layout.rowCount {
      let place = Position(column: area.origin.column, row: area.origin.row + line * height)
      HeatmapRow(
        state: side, text: text, seams: side.seams, marks: different, isClickable: false,
        showsSelection: isPresent
      )
      .draw(top + line, at: place, &picture)
    }
  }
}
