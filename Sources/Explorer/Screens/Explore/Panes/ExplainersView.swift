internal import Attribution
internal import Reports
internal import TerminalUI
internal import Workbench

/// Draws the list of explainers with the time that each took, or why it does not apply.
struct ExplainersView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    let inner = picture.frame.box(
      rect, title: "Explainers", note: "x next  N settings",
      isFocused: state.explore.focus == .explainers)
    picture.mark(rect, as: .explore(.pane(.explainers)))
    guard let summary = state.summary, inner.size.rows > 0, inner.size.columns > 12 else { return }
    let facts = lowerLines(summary, columns: inner.size.columns - 2)
    let listRows = max(1, inner.size.rows - min(facts.count, max(0, inner.size.rows - 3)))
    let methods = Array(summary.methods.enumerated())
    let top = max(
      0, min(state.explore.selectedMethod - listRows / 2, methods.count - listRows))
    for (line, entry) in methods.dropFirst(top).prefix(listRows).enumerated() {
      draw(entry.element, entry.offset, row: inner.origin.row + line, inner, &picture)
    }
    picture.frame.scrollMark(
      top..<min(methods.count, top + listRows), of: methods.count, in: rect)
    let first = inner.origin.row + min(listRows, methods.count)
    for (line, text) in facts.prefix(inner.size.rows - min(listRows, methods.count)).enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column + 1, row: first + line),
        style: Style(.dim), maxColumns: inner.size.columns - 2)
    }
  }

  private func draw(
    _ method: ModelSummary.Method, _ index: Int, row: Int, _ inner: Rect,
    _ picture: inout Picture
  ) {
    let isChosen = method.card.name == state.settings.method
    let isApplicable = method.reasonNotApplicable == nil
    let style = Style(isApplicable ? .text : .dim, isChosen ? .bold : [])
    let left = inner.origin.column
    picture.frame.write(
      isChosen ? state.signs.chosen : " ", at: Position(column: left, row: row), style: style)
    picture.frame.write(
      method.card.title, at: Position(column: left + 2, row: row), style: style,
      maxColumns: inner.size.columns - 12)
    picture.frame.write(
      state.progress(of: method),
      endingBefore: Position(column: left + inner.size.columns - 1, row: row),
      style: Style(.dim))
    let line = Rect(column: left, row: row, columns: inner.size.columns, rows: 1)
    picture.mark(line, as: .explore(.method(index)))
    if state.explore.focus == .explainers, index == state.explore.selectedMethod {
      picture.select(line)
    }
  }

  /// The lines below the list: with the focus, a description of the selected explainer; otherwise,
  /// what the chosen explainer was run with.
  private func lowerLines(_ summary: ModelSummary, columns: Int) -> [String] {
    if state.explore.focus == .explainers,
      let method = summary.methods.element(at: state.explore.selectedMethod)
    {
      let text =
        method.reasonNotApplicable.map { "\(method.card.title) \($0)" } ?? method.card.summary
      return text.wrapped(columns: columns).limited(
        rows: 3, columns: columns, state.signs.ellipsis)
    }
    guard let shown = state.explanations.shown else { return [] }
    var parts = shown.attribution.parameters.sorted { $0.key < $1.key }.compactMap {
      $0.value.words($0.key, state.signs)
    }
    let passes = shown.attribution.evaluations
    parts.append("\(Numerals.grouped(passes)) pass\(passes == 1 ? "" : "es")")
    let rows = parts.flowed(columns: columns)
      .limited(rows: 2, columns: columns, state.signs.ellipsis)
    let set = shown.job.options.settings.map { "\($0.setting.name) \($0.value)" }
    return set.isEmpty
      ? rows
      : [("set: " + set.joined(separator: ", ")).fitted(columns: columns, state.signs.ellipsis)]
        + rows
  }
}

extension State {
  /// `✓ 41 ms`, `running`, or the time that it took for an older text.
  func progress(of method: ModelSummary.Method) -> String {
    let name = method.card.name
    if method.reasonNotApplicable != nil { return "does not apply" }
    if explanations.job?.choice.method == name,
      now - explanations.jobSince > Self.runningSeconds || explanations.times[name] == nil
    {
      return "running"
    }
    if let choice, let reason = explanations.ended[choiceWith(method: name, like: choice)] {
      return reason == "cancelled" ? reason : "failed"
    }
    guard let seconds = explanations.times[name] else { return "" }
    let isDone = explanations.results.contains { $0.key.method == name && $0.value.isFinal }
    return (isDone ? signs.done + " " : "") + Numerals.duration(seconds: seconds)
  }

  /// An explanation that takes less time than this is not shown as running.
  private static var runningSeconds: Double { 0.2 }

  private func choiceWith(method name: String, like choice: ExplanationChoice) -> ExplanationChoice
  {
    var other = choice
    other.method = name
    other.quantity = summary?.method(named: name)?.card.defaultQuantity ?? choice.quantity
    return other
  }
}

extension ParameterValue {
  /// A parameter that the explainer was run with, in plain words; nil if it adds nothing to the
  /// others.
  fileprivate func words(_ name: String, _ signs: Signs) -> String? {
    switch (name, self) {
    case ("adaptive", _), (_, .flag(false)): nil
    case ("steps", _), ("samples", _), ("features", _): "\(shown) \(name)"
    case ("baseline", .text("zero")): "from zero vectors"
    case ("baseline", .text(let text)): "from \(text)"
    case ("replacement", .text("delete")): "words deleted"
    case ("replacement", .text(let text)): "words replaced by \(text)"
    case ("r_squared", _): "fit R\(signs.squared) \(shown)"
    case (_, .flag(true)): name.replacing("_", with: " ")
    default: "\(name.replacing("_", with: " ")) \(shown)"
    }
  }
}
