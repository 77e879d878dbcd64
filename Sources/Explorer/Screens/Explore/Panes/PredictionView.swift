internal import Classifiers
internal import Glibc
internal import Reports
internal import TerminalUI
internal import Workbench

/// Draws the prediction: a bar for every class, the model's confidence, and how the prediction
/// changed.
struct PredictionView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(
      rect, title: "Prediction", note: note, isFocused: state.explore.focus == .prediction)
    picture.mark(rect, as: .explore(.pane(.prediction)))
    guard inner.size.rows > 0, inner.size.columns > 8 else { return }
    guard let summary = state.summary, !state.document.isBlank,
      let prediction = state.predictions.latest?.prediction
    else {
      let lines = waiting.wrapped(columns: inner.size.columns - 2)
        .limited(
          rows: inner.size.rows, columns: inner.size.columns - 2, state.signs.ellipsis)
      for (line, text) in lines.enumerated() {
        picture.frame.write(
          text, at: Position(column: inner.origin.column + 1, row: inner.origin.row + line),
          style: state.problemStyle, maxColumns: inner.size.columns - 2)
      }
      return
    }
    let facts = Facts(prediction.probabilities, state: state).lines
    let factRows = min(facts.count, max(0, inner.size.rows - summary.classes.count))
    let rows = max(1, inner.size.rows - max(factRows, min(3, inner.size.rows / 2)))
    drawClasses(
      summary, prediction.probabilities, in: inner, rows: min(rows, summary.classes.count), &picture
    )
    var row = inner.origin.row + min(rows, summary.classes.count)
    let factsShown = min(facts.count, inner.origin.row + inner.size.rows - row)
    if rows < summary.classes.count {
      picture.frame.cutMark(rows, of: summary.classes.count, in: rect)
    } else {
      let count = summary.classes.count
      picture.frame.cutMark(count + factsShown, of: count + facts.count, in: rect)
    }
    for line in facts where row < inner.origin.row + inner.size.rows {
      picture.frame.write(
        line.text, at: Position(column: inner.origin.column + 1, row: row),
        style: line.isWhatIf ? Style(.text, .bold) : Style(.dim),
        maxColumns: inner.size.columns - 1)
      if line.isSparkline { drawSparkline(line, row, inner, &picture) }
      row += 1
    }
  }

  private var note: String {
    if state.predictions.problem != nil { return "failed" }
    guard state.predictions.latest != nil, !state.document.isBlank else { return "" }
    let kind = !state.isPredictionFresh ? state.signs.stale : state.isRegression ? "value" : "p"
    return state.isClassFixed ? "fixed; = resets  \(kind)" : kind
  }

  private var waiting: String {
    switch state.model {
    case .loading: "loading model" + state.signs.ellipsis
    case .failed(let reason): reason
    case .ready:
      state.predictions.problem
        ?? (state.document.isBlank ? "No text yet: type one." : "reading" + state.signs.ellipsis)
    }
  }

  private func drawClasses(
    _ summary: ModelSummary, _ probabilities: [Float], in inner: Rect, rows: Int,
    _ picture: inout Picture
  ) {
    let shown = state.shownClasses(rows: rows)
    let longest = shown.map { DisplaySafe.columns(of: summary.className($0)) }.max() ?? 0
    let numbers = shown.map { state.answer(probabilities.element(at: $0) ?? 0) }
    let numberColumns = numbers.map(\.count).max() ?? 4
    let nameColumns = min(longest, inner.size.columns / 2 - 4)
    let predicted = state.predictions.latest?.prediction.classIndex
    for (line, index) in shown.enumerated() {
      let row = inner.origin.row + line
      let isTarget = index == state.targetClass
      let isSelected = state.explore.focus == .prediction && index == state.explore.selectedClass
      let isDecided = state.hasThreshold ? state.isGiven(index, probabilities) : index == predicted
      let isEmphasized = isTarget || isDecided
      let style = Style(isEmphasized ? .text : .dim, isEmphasized ? .bold : [])
      var column = inner.origin.column
      picture.frame.write(
        isTarget ? state.signs.chosen : " ", at: Position(column: column, row: row), style: style)
      column += 2
      picture.frame.write(
        summary.className(index), at: Position(column: column, row: row), style: style,
        maxColumns: nameColumns)
      column += nameColumns + 1
      let probability = probabilities.element(at: index) ?? 0
      picture.frame.write(numbers[line], at: Position(column: column, row: row), style: style)
      column += numberColumns + 1
      let name = Rect(
        column: inner.origin.column, row: row, columns: column - inner.origin.column - 1, rows: 1)
      // A regression's number has no bounds and therefore no bar.
      if !state.isRegression {
        picture.frame.bar(
          probability, at: Position(column: column, row: row),
          columns: inner.origin.column + inner.size.columns - column - 1,
          style: Style(isTarget ? .bar : .otherBar))
      }
      let whole = Rect(
        column: inner.origin.column, row: row, columns: inner.size.columns, rows: 1)
      picture.mark(whole, as: .explore(.classLine(index)))
      if isSelected { picture.select(name) }
    }
  }

  private func drawSparkline(
    _ line: Facts.Line, _ row: Int, _ inner: Rect, _ picture: inout Picture
  ) {
    let start = inner.origin.column + 2 + DisplaySafe.columns(of: line.text)
    let columns = min(32, inner.origin.column + inner.size.columns - 1 - start)
    guard columns > 0 else { return }
    picture.frame.sparkline(
      line.values, at: Position(column: start, row: row), columns: columns,
      range: state.answerRange(of: line.values),
      style: Style(.otherBar))
  }
}

/// The lines below the bars.
private struct Facts {
  struct Line {
    var text: String
    var values: [Float] = []
    /// Whether the line is about the effect of an experiment.
    var isWhatIf = false
    var isSparkline: Bool { !values.isEmpty }
  }

  var lines: [Line] = []

  init(_ probabilities: [Float], state: State) {
    guard let summary = state.summary else { return }
    let target = state.targetClass ?? 0
    let sorted = probabilities.sorted(by: >)
    if summary.link == .softmax, sorted.count > 1 {
      let entropy = probabilities.reduce(Float(0)) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
      lines.append(
        Line(
          text: "ahead by \(state.difference(from: sorted[1], to: sorted[0]).dropFirst())   doubt "
            + "\(Numerals.fixed(entropy, 2)) of "
            + "\(Numerals.fixed(log2(Float(sorted.count)), 1)) bit"))
    }
    if let given = summary.given(probabilities) { lines.append(Line(text: given)) }
    lines.insert(contentsOf: state.whatIf.map { Line(text: $0, isWhatIf: true) }, at: 0)
    let now = probabilities.element(at: target) ?? 0
    let before = state.predictions.previous?.element(at: target)
    let sign = state.isRegression ? "the value" : "p"
    if let before {
      let change = state.difference(from: before, to: now)
      lines.append(Line(text: "last edit changed \(sign) by \(change)"))
    }
    let values = state.predictions.history.suffix(32).map { $0.element(at: target) ?? .nan }
    guard values.count > 1 else { return }
    lines.append(
      Line(text: "\(state.isRegression ? "value" : "p") over your edits", values: values))
  }
}

extension State {
  /// The classes whose bars are shown; if the pane has the focus, those around the selected one.
  func shownClasses(rows: Int) -> [Int] {
    guard let summary, predictions.latest != nil else { return [] }
    guard explore.focus == .prediction, summary.classes.count > rows, rows > 0 else {
      return likelyClasses(atMost: rows)
    }
    let ranked = rankedClasses
    let line = ranked.firstIndex(of: explore.selectedClass) ?? 0
    let top = min(max(0, line - rows / 2), ranked.count - rows)
    return Array(ranked[top..<top + rows])
  }

  var problemStyle: Style {
    if case .failed = model { return Style(.error) }
    return Style(predictions.problem == nil ? .dim : .error)
  }
}
