internal import Attribution
internal import TerminalUI

/// Prompts about a second model's classes and about how explanations are computed.
extension OverlayView {
  func draw(_ prompt: ClassPrompt, _ picture: inout Picture) {
    guard let asked = prompt.asked else { return }
    let choices = prompt.choices
    let question = "Which class of \(prompt.name) is \"\(prompt.classes[asked])\"?"
    let inner = open(
      columns: max(48, DisplaySafe.columns(of: question) + 4), rows: choices.count + 3,
      title: "Classes of \(prompt.name)", note: "Enter uses  Esc leaves them", &picture)
    guard inner.size.rows > 1 else { return }
    picture.frame.write(
      question, at: inner.origin, style: Style(.text, .bold), maxColumns: inner.size.columns)
    let rows = inner.size.rows - 1
    let top = max(0, min(prompt.selected - rows / 2, choices.count - rows))
    for (line, choice) in choices.dropFirst(top).prefix(rows).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + 1 + line,
        columns: inner.size.columns, rows: 1)
      let (text, role): (String, Role) =
        switch choice {
        case .other(let place): (prompt.others[place], .text)
        case .none: ("none of these", .dim)
        }
      picture.frame.write(
        text, at: Position(column: rect.origin.column + 2, row: rect.origin.row),
        style: Style(role), maxColumns: rect.size.columns - 2, hasEllipsis: true)
      picture.mark(rect, as: .line(top + line))
      if top + line == prompt.selected { highlight(rect, &picture) }
    }
    scrollMark(top..<top + min(rows, choices.count), of: choices.count, around: inner, &picture)
  }

  func draw(_ prompt: SettingsPrompt, _ picture: inout Picture) {
    let lines = prompt.lines
    let columns = min(84, state.size.columns - 2)
    let problem = prompt.problem?.wrapped(columns: max(1, columns - 4)) ?? []
    let inner = open(
      columns: columns, rows: min(lines.count + 3 + problem.count, state.size.rows - 4),
      title: "How explanations are computed", note: "as in samples 512  Enter sets", &picture)
    guard inner.size.rows > 1 else { return }
    drawField(prompt.field, prompt: "set: ", in: inner, &picture)
    for (line, text) in problem.prefix(inner.size.rows - 1).enumerated() {
      picture.frame.write(
        text, at: Position(column: inner.origin.column, row: inner.origin.row + 1 + line),
        style: Style(.error), maxColumns: inner.size.columns)
    }
    let rows = max(0, inner.size.rows - 1 - problem.count)
    let top = max(0, min((prompt.selected ?? 0) - rows / 2, lines.count - rows))
    for (line, setting) in lines.dropFirst(top).prefix(rows).enumerated() {
      let rect = Rect(
        column: inner.origin.column, row: inner.origin.row + 1 + problem.count + line,
        columns: inner.size.columns, rows: 1)
      draw(setting, in: rect, &picture)
      picture.mark(rect, as: .line(top + line))
      if top + line == prompt.selected { highlight(rect, &picture) }
    }
    scrollMark(top..<top + min(rows, lines.count), of: lines.count, around: inner, &picture)
  }

  /// `samples      512      how many samples a sampling method draws`; dim where the explainer that is
  /// shown does not use it.
  private func draw(_ setting: ExplainerSetting, in rect: Rect, _ picture: inout Picture) {
    let value = setting.value(in: state.explainerOptions)
    let role: Role = state.uses(setting) == false && value == nil ? .dim : .text
    let used = state.shown.flatMap { shown in
      shown.job.choice.method == state.method
        ? shown.attribution.parameters[setting.rawValue]?.shown : nil
    }
    let at = { (column: Int) in
      Position(column: rect.origin.column + column, row: rect.origin.row)
    }
    picture.frame.write(
      setting.rawValue, at: at(1), style: Style(role), maxColumns: 13)
    picture.frame.write(
      value ?? used ?? state.signs.dash, at: at(15),
      style: Style(value == nil ? .dim : .text, value == nil ? [] : .bold), maxColumns: 14)
    picture.frame.write(
      setting.summary, at: at(30), style: Style(.dim),
      maxColumns: max(0, rect.size.columns - 30))
  }
}
