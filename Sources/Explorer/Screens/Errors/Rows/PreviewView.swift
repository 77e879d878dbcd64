internal import Attribution
internal import Datasets
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The text of the selected row, coloured by the scores of its words, with the passages that people
/// marked, the second model's prediction, and the user's label and note.
struct PreviewView {
  /// Only Explore shows the rest of a longer text.
  static let mostCharacters = 4000

  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    guard let table = state.dataset.table, let row = state.previewedRow,
      row < table.count
    else {
      picture.frame.box(rect, title: "Row")
      return
    }
    let example = table[row]
    let inner = picture.frame.box(
      rect, title: title(example, table),
      note: note(example, row, table, beside: title(example, table)))
    let foot = footLines(example, row, columns: inner.size.columns - 2)
    let rows = max(0, inner.size.rows - foot.count)
    drawText(example, row, inner, rows: rows, &picture)
    for (line, text) in foot.enumerated() where line < inner.size.rows {
      picture.frame.write(
        text,
        at: Position(
          column: inner.origin.column + 1,
          row: inner.origin.row + inner.size.rows - foot.count + line),
        style: Style(.notice), maxColumns: inner.size.columns - 2, hasEllipsis: true)
    }
  }

  /// The height of the pane for a text of the usual length and the lines below it, with the border.
  /// It is the same for all rows, so that the panes do not move.
  static func rows(_ state: State, columns: Int) -> Int {
    guard let table = state.dataset.table else { return 7 }
    // Each text of a pair begins a line.
    let ends = table.count > 0 && table[0].pair != nil ? 2 : 1
    let lines = table.usualByteCount / max(1, columns - 4) + ends
    return max(7, lines * (state.terminal.showsSignRow ? 2 : 1) + 3 + 2)
  }

  private func title(_ example: ScoredExample, _ table: ExampleTable) -> String {
    let dot = " \(state.signs.dot) "
    let gold = table.goldText(example)
    let texts = (example.pair == nil ? nil : state.partNames).map { names in
      "\(dot)A \(names.first), B \(names.second)"
    }
    return "Row \(example.fileRow)" + (example.id.map { " (\($0))" } ?? "") + dot
      + "gold \(gold.isEmpty ? "unknown" : gold)" + dot
      + "pred \(table.answerWithProbability(example))"
      + (texts ?? "")
  }

  /// The question that the colours answer, and the probability of the gold class if there is room.
  private func note(
    _ example: ScoredExample, _ row: Int, _ table: ExampleTable, beside title: String
  ) -> String {
    let answer =
      table.hasNumbers ? "this value" : table.classes.element(at: table.explainedClass(row)) ?? ""
    let why = "why \(answer)?"
    guard !example.goldProbability.isNaN else { return why }
    let long = why + "  p(gold) \(Numerals.probability(example.goldProbability))"
    let space = rect.size.columns - DisplaySafe.columns(of: title) - 9
    return DisplaySafe.columns(of: long) <= space ? long : why
  }

  /// `rival: positive 0.80`
  private func otherLine(_ row: Int) -> String? {
    guard let table = state.dataset.table, let other = table.other,
      let answer = other.answer(row)
    else { return nil }
    let probability = other.probability(row).map { " " + Numerals.probability($0) } ?? ""
    return "\(other.name): \(table.name(of: answer))\(probability)"
  }

  /// The lines below the text: the second model's prediction, the marked passages and how well the
  /// scores agree with them, the contrast, the windows, and the user's label and note.
  private func footLines(_ example: ScoredExample, _ row: Int, columns: Int) -> [String] {
    var lines: [String] = []
    let said = [otherLine(row), state.rationaleLine(of: row)].compactMap(\.self)
    if !said.isEmpty { lines.append(said.joined(separator: "  ")) }
    if let contrast = state.contrastLine(row) { lines.append(contrast) }
    if let windows = state.dataset.explained[row]?.windows {
      lines.append(windows.legend(seam: state.signs.seam))
    }
    if let entry = state.dataset.notes.annotations.entries[example.fileRow], !entry.isEmpty {
      let parts = [entry.label.map { "new label: \($0)" }, entry.note.map { "note: \($0)" }]
      let isUnsaved = state.dataset.notes.unsaved.contains(row) ? "  (not saved)" : ""
      lines.append(parts.compactMap(\.self).joined(separator: "  ") + isUnsaved)
    }
    return lines
  }

  private func drawText(
    _ example: ScoredExample, _ row: Int, _ inner: Rect, rows: Int, _ picture: inout Picture
  ) {
    let molecule = PreviewedMolecule(state)
    // Letters before the two texts of a pair tell them apart.
    let indent = example.pair == nil ? 0 : 2
    let layout = TextLayout(
      String(example.texts.joined.prefix(Self.mostCharacters)),
      columns: max(1, inner.size.columns - 2 - indent),
      isPlain: picture.frame.isPlain)
    // While a contrast is computed, the scores without contrast are not shown in its place.
    let paint = RowPaint(
      state.contrastedRow.map { state.errors.contrasted[$0] } ?? state.dataset.explained[row],
      rationale: state.dataset.explained[row]?.rationale)
    let marks = paint.rationale ?? []
    let hasSigns = state.terminal.showsSignRow && !paint.words.isEmpty
    let height = 1 + (hasSigns ? 1 : 0) + (marks.isEmpty ? 0 : 1)
    let textRows = molecule == nil ? rows : min(layout.rowCount * height, max(height, rows / 3))
    let shown = min(layout.rowCount, textRows / height)
    molecule?.draw(
      in: Rect(
        column: inner.origin.column + 1, row: inner.origin.row + shown * height,
        columns: inner.size.columns - 2, rows: rows - shown * height), of: rect, paint.words,
      paint.scale, &picture)
    picture.frame.scrollMark(0..<shown, of: layout.rowCount, in: rect)
    let second = example.pair == nil ? nil : example.texts.start(of: 1)
    let seams = state.dataset.explained[row]?.windows?.seams(in: example.texts) ?? []
    for line in 0..<shown {
      let letter = line == 0 ? 0 : layout.row(of: second ?? 0) == line ? 1 : nil
      if second != nil, let letter {
        picture.frame.write(
          State.letter(ofPart: letter),
          at: Position(column: inner.origin.column + 1, row: inner.origin.row + line * height),
          style: Style(.key, .bold))
      }
      let place = Position(
        column: inner.origin.column + 1 + indent, row: inner.origin.row + line * height)
      picture.frame.write(row: line, of: layout, at: place) { range in
        Style(.heat(paint.level(at: range.lowerBound)))
      }
      picture.frame.write(
        seams: seams, in: layout.glyphs(inRow: line), at: place, sign: state.signs.seam)
      if hasSigns { drawSigns(paint, layout, line, place, &picture) }
      guard !marks.isEmpty else { continue }
      let below = Position(column: place.column, row: place.row + height - 1)
      for glyph in layout.glyphs(inRow: line)
      where marks.contains(where: {
        $0.contains(glyph.utf8Range.lowerBound)
      }) {
        picture.frame.write(
          String(repeating: "^", count: glyph.glyph.columns),
          at: Position(column: below.column + glyph.column, row: below.row), style: Style(.notice))
      }
    }
  }

  /// `+++`, `--`, `·` under each word.
  private func drawSigns(
    _ paint: RowPaint, _ layout: TextLayout, _ line: Int, _ place: Position,
    _ picture: inout Picture
  ) {
    let shown = layout.utf8Range(ofRow: line)
    for word in paint.words {
      let part = word.utf8Range.clamped(to: shown)
      guard !part.isEmpty else { continue }
      let start = layout.position(of: part.lowerBound).column
      let end = max(start + 1, layout.position(of: part.upperBound - 1).column + 1)
      let level = HeatLevel.level(of: word.score, scale: paint.scale)
      picture.frame.write(
        level == 0 ? state.signs.none : String(repeating: level > 0 ? "+" : "-", count: abs(level)),
        at: Position(column: place.column + start, row: place.row + 1),
        style: Style(level == 0 ? .dim : .text), maxColumns: end - start)
    }
  }
}

/// The colours of a row's words.
struct RowPaint {
  let words: [WordScores.Word]
  let scale: Float
  let rationale: [Range<Int>]?

  init(_ explained: ExplainedRow?, rationale: [Range<Int>]?) {
    words = explained?.scores.words ?? []
    scale = words.map { abs($0.score) }.filter(\.isFinite).max() ?? 0
    self.rationale = rationale
  }

  func level(at offset: Int) -> Int {
    guard let word = words.first(where: { $0.utf8Range.contains(offset) }) else { return 0 }
    return HeatLevel.level(of: word.score, scale: scale)
  }
}

extension State {
  /// `people marked 3 passages (^)  plausibility 0.83`; nil if nobody marked anything.
  func rationaleLine(of row: Int) -> String? {
    guard let explained = dataset.explained[row], let rationale = explained.rationale,
      !rationale.isEmpty
    else { return nil }
    let score =
      explained.plausibility.map { "  plausibility \(Numerals.fixed(Float($0), 2))" } ?? ""
    return
      "people marked \(Numerals.count(rationale.count, "passage")) (^)"
      + score
  }
}
