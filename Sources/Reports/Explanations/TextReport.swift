internal import Attribution
public import Classifiers
public import Datasets
internal import TerminalUI
internal import Tokenizers

/// The heatmap as in the explorer, for a terminal or a file: in colours, or with a row of signs
/// below each row of text.
public struct TextReport: Report, ContrastReport {
  let model: Model
  let paint: TerminalPaint?
  let columns: Int

  /// - Parameters:
  ///   - paint: nil if no escape sequences may be written.
  ///   - columns: the largest width of a row of the text.
  public init(model: Model, paint: TerminalPaint? = nil, columns: Int = 80) {
    self.model = model
    self.paint = paint
    self.columns = columns
  }

  public func text(of explanation: ExplainedText, record: TextRecord, index: Int) -> PlainText {
    text(
      of: Caption(explanation, model: model), explanation.prediction, explanation.interactions)
  }

  public func text(of contrast: ExplainedContrast) -> PlainText {
    text(of: Caption(contrast, model: model), contrast.first.explanation.prediction, nil)
  }

  private func text(
    of caption: Caption, _ prediction: Prediction, _ interactions: PairInteractions.Result?
  ) -> PlainText {
    let classes = caption.classes(atMost: 5).map { PlainText($0) }
    let meaning = PredictionText.meaning(of: prediction, model)
    var lines: [PlainText] = [
      (classes + (meaning.map { [$0] } ?? [])).joined(separator: "   "),
      "\(caption.title): \(caption.facts)", "",
    ]
    lines += painted(caption)
    lines += ["", legend(caption)]
    lines += caption.notes.map { "\($0)" }
    lines += caption.curves.map { sparkline($0) }
    if let interactions { lines += table(interactions) }
    lines.append("")
    return lines.joined(separator: "\n") + "\n"
  }

  public func summary(of explanations: [ExplainedText]) -> PlainText {
    var table = MeasureTable()
    for explanation in explanations { table.add(explanation) }
    return table.text
  }

  private func painted(_ caption: Caption) -> [PlainText] {
    caption.parts.flatMap { part in
      (part.label.map { ["\($0)" as PlainText] } ?? []) + painted(part, caption)
    }
  }

  private func painted(_ part: Caption.Part, _ caption: Caption) -> [PlainText] {
    let layout = TextLayout(part.text, columns: columns)
    return (0..<layout.rowCount).flatMap { row -> [PlainText] in
      var frame = Frame(size: Size(columns: columns, rows: paint == nil ? 2 : 1))
      frame.write(row: row, of: layout, at: Position(column: 0, row: 0)) { range in
        let place = part.start + range.lowerBound
        if part.painted.isCut(place) { return Style(.dim) }
        guard let unit = part.painted.unit(at: place) else { return Style() }
        return Style(
          heatRole(level: caption.level(of: unit.score), isSigned: caption.isSigned))
      }
      let letters = frame.write(
        seams: part.painted.seams, in: layout.glyphs(inRow: row), at: Position(column: 0, row: 0)
      ) { part.start + $0 }
      if paint == nil {
        writeSigns(caption, part, row: row, of: layout, in: &frame)
        // this format has no underlines
        for column in letters {
          frame.write(TextWindows.seam, at: Position(column: column, row: 1))
        }
      }
      return (0..<frame.size.rows).map { line($0, of: frame) }
    }
  }

  private func writeSigns(
    _ caption: Caption, _ text: Caption.Part, row: Int, of layout: TextLayout, in frame: inout Frame
  ) {
    let shown = layout.utf8Range(ofRow: row)
    for unit in text.painted.map.units where unit.utf8Range.upperBound > text.start {
      let first = max(0, unit.utf8Range.lowerBound - text.start)
      let part = (first..<unit.utf8Range.upperBound - text.start).clamped(to: shown)
      guard !part.isEmpty else { continue }
      let start = layout.position(of: part.lowerBound).column
      let end = max(start + 1, layout.position(of: part.upperBound - 1).column + 1)
      // a short word has fewer signs, as on the screen
      let signs = Self.signs(caption.level(of: unit.score)).prefix(end - start)
      frame.write(String(signs), at: Position(column: start, row: 1))
    }
  }

  private func line(_ row: Int, of frame: Frame) -> PlainText {
    var cells = (0..<frame.size.columns).map { frame[Position(column: $0, row: row)] }
    while cells.last?.cluster == " ", cells.last?.style == Style() { cells.removeLast() }
    guard let paint else { return "\(cells.map(\.cluster).joined())" }
    return paint.text(of: cells)
  }

  /// `█▆▂▁▁  p(good) while tokens are removed …`
  private func sparkline(_ curve: Caption.Curve) -> PlainText {
    let values = curve.values(atMost: 24)
    var frame = Frame(size: Size(columns: values.count, rows: 1))
    frame.sparkline(
      values, at: Position(column: 0, row: 0), columns: values.count, range: curve.range)
    let blocks = (0..<values.count).map { frame[Position(column: $0, row: 0)].cluster }.joined()
    return "\(blocks)  \(curve.sentence)"
  }

  /// The words of the first text as rows and those of the second as columns; above and to the left,
  /// by how much the score decreases without each word.
  private func table(_ found: PairInteractions.Result) -> [PlainText] {
    guard !found.first.isEmpty, !found.second.isEmpty else { return [] }
    func number(_ value: Double) -> String { Numerals.score(Float(value), isSigned: true) }
    let rows = zip(found.first, found.values).map { word, values in
      [word.text, number(word.effect)] + values.map(number)
    }
    let alone = ["", "alone"] + found.second.map { number($0.effect) }
    let way =
      switch found.method {
      case .removal: "removed by \(found.replacement.rawValue)"
      case .hessian: "integrated Hessians from \(found.baseline?.rawValue ?? "the baseline")"
      }
    return ["", "what two words do together, beyond what each does alone (\(way))"]
      + TextTable.lines(
        header: ["", ""] + found.second.map(\.text), rows: [alone] + rows, leftAligned: [0])
  }

  private func legend(_ caption: Caption) -> PlainText {
    let scale = Caption.number(caption.scale)
    func swatch(_ level: Int) -> PlainText {
      let role = heatRole(level: level, isSigned: caption.isSigned)
      let signs = Self.signs(level)
      return paint?.text(of: [Cell(" ", Style(role)), Cell(" ", Style(role))]) ?? " \(signs)"
    }
    guard caption.isSigned else {
      return "0 \((1...5).map(swatch).joined()) \(scale)  \(Caption.intensity)"
    }
    let against = (1...5).reversed().map { swatch(-$0) }.joined()
    let inFavour = (1...5).map(swatch).joined()
    return "-\(scale) \(caption.against) \(against)  ·\(inFavour) \(caption.inFavour) +\(scale)"
  }

  /// `+++++`, `--`, `·`
  private static func signs(_ level: Int) -> String {
    level == 0 ? "·" : String(repeating: level > 0 ? "+" : "-", count: abs(level))
  }
}
