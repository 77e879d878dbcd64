internal import Attribution
internal import Classifiers
internal import TerminalUI

/// Draws the pane of findings: its pages as tabs, and the open page.
struct FindingsView {
  @Shared var state: State
  let rect: Rect

  func draw(on picture: inout Picture) {
    guard let page = state.findings.page, rect.size.rows > 1 else { return }
    picture.mark(rect, as: .explore(.pane(.findings)))
    let area = LowerPaneTabs(state: state, rect: rect).draw(
      note: state.findingProgress, isFocused: state.explore.focus == .findings, on: &picture)
    guard area.size.rows > 0, area.size.columns > 10 else { return }
    if page != .history, page != .pair, let obstacle = state.obstacleToProbes {
      drawText(obstacle, Style(.warning), area, &picture)
    } else if let reason = state.findings.results.problems[page] {
      drawText(reason, Style(.warning), area, &picture)
    } else if page == .trajectory {
      TrajectoryView(state: state, rect: area).draw(on: &picture)
    } else if page == .curve {
      CurveView(state: state, rect: area).draw(on: &picture)
    } else if page == .interactions {
      InteractionsView(state: state, rect: area).draw(on: &picture)
    } else if page == .pair {
      PairView(state: state, rect: area).draw(on: &picture)
      if state.findings.pinned != nil {
        let first = state.findings.list(.pair).first
        let count = state.pairRows - 1
        let end = min(count, first + area.size.rows - 1)
        if first < end { picture.frame.scrollMark(first..<end, of: count, in: rect) }
      }
    } else if page == .candidates {
      let foot = min(state.rowsBelowFindings, area.size.rows - 1)
      var list = area
      list.size.rows -= foot
      drawLines(page, list, &picture)
      let lines = CandidateFoot(state, columns: area.size.columns - 2).rows
      for (line, text) in lines.prefix(foot).enumerated() {
        picture.frame.write(
          text,
          at: Position(
            column: area.origin.column + 1, row: list.origin.row + list.size.rows + line),
          style: Style(.notice), maxColumns: area.size.columns - 2)
      }
    } else {
      drawLines(page, area, &picture)
    }
  }

  private func drawText(_ text: String, _ style: Style, _ area: Rect, _ picture: inout Picture) {
    let rows = text.wrapped(columns: area.size.columns - 2)
      .limited(rows: area.size.rows, columns: area.size.columns - 2, state.signs.ellipsis)
    for (line, part) in rows.enumerated() {
      picture.frame.write(
        part, at: Position(column: area.origin.column + 1, row: area.origin.row + line),
        style: style, maxColumns: area.size.columns - 2)
    }
  }

  private func drawLines(_ page: Finding, _ area: Rect, _ picture: inout Picture) {
    let lines = state.findingLines
    let list = state.findings.list(page)
    let visible = list.visible(count: lines.count, rows: area.size.rows)
    picture.frame.scrollMark(visible, of: lines.count, in: rect)
    let selected = list.fitted(count: lines.count, rows: area.size.rows).selection
    for (line, index) in visible.enumerated() {
      let row = area.origin.row + line
      let whole = Rect(
        column: area.origin.column, row: row, columns: area.size.columns, rows: 1)
      draw(lines[index], in: whole, &picture)
      picture.mark(whole, as: .explore(.findingLine(index)))
      let isList = [.flips, .robustness, .history, .candidates].contains(page)
      guard isList, index == selected, state.explore.focus == .findings else { continue }
      picture.select(
        Rect(column: whole.origin.column, row: row, columns: whole.size.columns, rows: 1))
      picture.frame.write(state.signs.chosen, at: whole.origin, style: Style(.selection))
    }
  }

  private func draw(_ line: FindingLine, in rect: Rect, _ picture: inout Picture) {
    let left = rect.origin.column + 1
    let edge = rect.origin.column + rect.size.columns
    var column = left
    for part in line.parts {
      if let start = part.column { column = max(column, left + start) }
      column += picture.frame.write(
        part.text, at: Position(column: column, row: rect.origin.row), style: part.style,
        maxColumns: max(0, edge - column), hasEllipsis: true)
    }
  }
}
