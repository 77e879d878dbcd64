internal import Attribution
internal import Reports
internal import TerminalUI
internal import Tokenizers
internal import Workbench

/// The probability while tokens are removed in the explanation's order, beside random orders and
/// the reverse order.
struct CurveView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    guard let found = state.measuredCurves else {
      let text =
        state.asked.isOpen(.whatIf)
        ? "removing the tokens one after another" : "waiting for the explanation"
      return write([text], Style(.dim), &picture)
    }
    if let problem = found.problem {
      return write(
        problem.wrapped(columns: columns)
          .limited(rows: rect.size.rows, columns: columns, state.signs.ellipsis),
        Style(.warning), &picture)
    }
    guard let curves = found.curves else {
      return write(["no tokens yet"], Style(.dim), &picture)
    }
    let headline = headline(curves)
    write(headline, Style(), &picture)
    let rows = rect.size.rows
    if rows > headline.count {
      drawReadout(curves, found, row: rows - (hasAreas ? 2 : 1), &picture)
    }
    if hasAreas { drawAreas(curves, &picture) }
    drawChart(curves, found, from: headline.count, &picture)
  }

  private var columns: Int { rect.size.columns - 2 }
  private var hasAreas: Bool { rect.size.rows >= 10 }
  private var target: Int { state.targetClass ?? 0 }

  private func place(_ row: Int) -> Position {
    Position(column: rect.origin.column + 1, row: rect.origin.row + row)
  }

  private func write(_ lines: [String], _ style: Style, _ picture: inout Picture) {
    for (row, line) in lines.enumerated() {
      picture.frame.write(line, at: place(row), style: style, maxColumns: columns)
    }
  }

  private func headline(_ curves: RemovalCurves) -> [String] {
    let text =
      CurveSentence(curves, state)?.text
      ?? (curves.random == nil
        ? "removing the tokens one after another, the highest scores first"
        : "the model's outputs are not numbers")
    let rows = rect.size.rows >= 10 ? 3 : rect.size.rows >= 5 ? 2 : 1
    return text.wrapped(columns: columns)
      .limited(rows: min(rows, rect.size.rows), columns: columns, state.signs.ellipsis)
  }

  // MARK: The lines below

  /// The names of the curves, each with its value at the selected point.
  private func drawReadout(
    _ curves: RemovalCurves, _ found: MeasuredCurves, row: Int, _ picture: inout Picture
  ) {
    let point = state.curvePoint
    let removed = point.map { curves.highestFirst.removed[$0] }
    let edge = rect.origin.column + 1 + columns
    var column = rect.origin.column + 1
    func add(_ text: String, _ style: Style) {
      column += picture.frame.write(
        text, at: Position(column: column, row: rect.origin.row + row), style: style,
        maxColumns: max(0, edge - column), hasEllipsis: true)
    }
    if let point, let removed {
      let name = state.name(of: curves.lastRemoved(at: point), in: found.question.encoding)
      add("without \(removed) of \(curves.order.count): \(name)  ", Style(.dim))
    }
    for line in lines(curves).reversed() {
      let value = removed.flatMap { line.curve.value(removing: $0) }
      add("\(sample(line)) ", line.style)
      add(line.name + (value.map { " " + state.answer(Float($0)) } ?? "") + "  ", Style())
    }
    if point == nil { add("the arrow keys move along the curve", Style(.dim)) }
  }

  private func drawAreas(_ curves: RemovalCurves, _ picture: inout Picture) {
    let whole = lines(curves).reversed().filter { $0.curve.values.count == $0.curve.removed.count }
    let areas = whole.map { "\($0.name) \(Numerals.fixed(Float($0.curve.area), 2))" }
    guard !areas.isEmpty else { return }
    let absent =
      switch curves.replacement {
      case .unk: "the unknown token in its place"
      case .mask: "the mask token in its place"
      case .pad: "the padding token in its place"
      case .delete: "deleted"
      }
    picture.frame.write(
      "area: \(areas.joined(separator: ", ")); removed = \(absent)",
      at: place(rect.size.rows - 1), style: Style(.dim), maxColumns: columns, hasEllipsis: true)
  }

  // MARK: The chart

  private struct Line {
    var name: String
    var curve: RemovalCurves.Curve
    var style: Style
    var pattern: (on: Int, off: Int)?
    var mark: Character
    var sample: String
  }

  /// The curves in drawing order: the last one is on top.
  private func lines(_ curves: RemovalCurves) -> [Line] {
    var lines: [Line] = []
    if let curve = curves.lowestFirst {
      lines.append(
        Line(
          name: "reversed", curve: curve, style: Style(.otherBar), pattern: (1, 2), mark: "o",
          sample: "··"))
    }
    if let curve = curves.random {
      lines.append(
        Line(
          name: "random", curve: curve, style: Style(.dim), pattern: (3, 3), mark: ".",
          sample: "╌╌"))
    }
    lines.append(
      Line(
        name: "this order", curve: curves.highestFirst, style: Style(.bar, .bold), mark: "*",
        sample: "──"))
    return lines
  }

  private func sample(_ line: Line) -> String {
    state.signs.hasSymbols ? line.sample : String(repeating: line.mark, count: 2)
  }

  private func drawChart(
    _ curves: RemovalCurves, _ found: MeasuredCurves, from first: Int, _ picture: inout Picture
  ) {
    let below = hasAreas ? 2 : 1
    // The words get a row of their own if enough rows remain for the curves.
    let hasWords = rect.size.rows - first - below >= 4
    let rows = rect.size.rows - first - below - (hasWords ? 1 : 0)
    let axis = 5
    // The chart of a short text does not fill a wide window.
    let wide = min(rect.size.columns - axis - 2, 16 * curves.order.count)
    guard rows > 0, wide > 1 else { return }
    let area = Rect(
      column: rect.origin.column + axis, row: rect.origin.row + first, columns: wide, rows: rows)
    let lines = lines(curves)
    let range = state.answerRange(of: lines.flatMap { $0.curve.values.map { Float($0) } })
    drawAxis(range, area, &picture)
    if let point = state.curvePoint {
      let bar = picture.frame.isPlain ? "|" : "│"
      let column = column(of: point, curves, area)
      for row in 0..<rows {
        picture.frame.write(
          bar, at: Position(column: column, row: area.origin.row + row), style: Style(.border))
      }
    }
    let count = Float(curves.order.count)
    picture.frame.chart(
      lines.map { line in
        ChartCurve(
          zip(line.curve.removed, line.curve.values).map { SIMD2(Float($0) / count, Float($1)) },
          line.style, pattern: line.pattern, mark: line.mark)
      }, in: area, range: range)
    markPoints(curves, area, &picture)
    if hasWords { drawWords(curves, found, area, &picture) }
  }

  private func drawAxis(
    _ range: ClosedRange<Float>, _ area: Rect, _ picture: inout Picture
  ) {
    func label(_ value: Float, _ row: Int) {
      picture.frame.write(
        Numerals.fixed(value, 1),
        endingBefore: Position(column: area.origin.column - 1, row: area.origin.row + row),
        style: Style(.dim))
    }
    label(range.upperBound, 0)
    if area.size.rows > 1 { label(range.lowerBound, area.size.rows - 1) }
    if area.size.rows > 4, area.size.rows % 2 == 1 {
      label((range.lowerBound + range.upperBound) / 2, area.size.rows / 2)
    }
  }

  private func column(of point: Int, _ curves: RemovalCurves, _ area: Rect) -> Int {
    let share = Float(curves.highestFirst.removed[point]) / Float(curves.order.count)
    return area.origin.column + Int((share * Float(2 * area.size.columns - 1)).rounded()) / 2
  }

  /// A click on the chart selects the word that is removed there.
  private func markPoints(_ curves: RemovalCurves, _ area: Rect, _ picture: inout Picture) {
    var start = area.origin.column
    for point in curves.highestFirst.values.indices.dropFirst() {
      let end = column(of: point, curves, area)
      guard end >= start, let unit = state.unit(of: curves.lastRemoved(at: point)) else { continue }
      picture.mark(
        Rect(
          column: start, row: area.origin.row, columns: end + 1 - start, rows: area.size.rows),
        as: .explore(.unit(unit)))
      start = end + 1
    }
  }

  /// The tokens that are removed at the points, as many as have room: first that of the selected
  /// point, then those that changed the output most.
  private func drawWords(
    _ curves: RemovalCurves, _ found: MeasuredCurves, _ area: Rect, _ picture: inout Picture
  ) {
    let values = curves.highestFirst.values
    func change(_ point: Int) -> Double {
      let change = abs(values[point] - values[point - 1])
      return change.isFinite ? change : 0
    }
    let looked = state.curvePoint
    let others = values.indices.dropFirst().filter { $0 != looked }
      .sorted { change($0) > change($1) }
    AxisWords(
      ([looked].compactMap(\.self) + others).map { point in
        AxisWords.Word(
          text: state.name(of: curves.lastRemoved(at: point), in: found.question.encoding)
            .trimmed(to: 14, state.signs.cut),
          column: column(of: point, curves, area) - area.origin.column,
          style: point == looked ? Style(.text, .bold) : Style(.dim))
      }
    ).draw(
      at: Position(column: area.origin.column, row: area.origin.row + area.size.rows),
      columns: rect.size.columns - 6, &picture)
  }
}
