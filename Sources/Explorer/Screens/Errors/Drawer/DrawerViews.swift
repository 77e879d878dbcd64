internal import Datasets
internal import TerminalUI

/// Draws the drawers: their tabs, and the open one below.
struct DrawerView {
  @Shared var state: State
  let rect: Rect
  let drawer: ErrorsScreen.Drawer

  func draw(on picture: inout Picture) {
    let isFocused = state.errors.isInDrawer && state.errors.drawer == drawer
    let content = DrawerLines(state, drawer)
    let title =
      drawer == .matrix
      ? MatrixView.title(state) : drawer.title(hasParts: state.hasParts)
    let inner = picture.frame.box(
      rect, title: title, note: drawer == .matrix && !state.isRegression ? "row %" : content.note,
      isFocused: isFocused)
    picture.mark(rect, as: .errors(.drawer))
    guard inner.size.rows > 1 else { return }
    drawTabs(row: inner.origin.row, inner, &picture)
    let area = Rect(
      column: inner.origin.column, row: inner.origin.row + 1, columns: inner.size.columns,
      rows: inner.size.rows - 1)
    if drawer == .matrix {
      MatrixGrid(state: state, rect: area, box: rect).draw(on: &picture)
    } else if let emptiness = content.emptiness {
      for (line, text) in emptiness.wrapped(columns: max(1, area.size.columns - 2))
        .prefix(area.size.rows).enumerated()
      {
        picture.frame.write(
          text, at: Position(column: area.origin.column + 1, row: area.origin.row + line),
          style: Style(.dim), maxColumns: area.size.columns - 2)
      }
    } else {
      drawLines(content, area, isFocused: isFocused, &picture)
    }
  }

  private func drawLines(
    _ content: DrawerLines, _ area: Rect, isFocused: Bool, _ picture: inout Picture
  ) {
    write(content.head, row: area.origin.row, area, &picture, style: Style(.dim))
    let rows = max(0, area.size.rows - 1)
    let list = isFocused ? state.errors.line : ListScroll()
    let visible = list.visible(count: content.lines.count, rows: rows)
    for (line, index) in visible.enumerated() {
      let row = area.origin.row + 1 + line
      write(content.lines[index], row: row, area, &picture, style: content.lines[index].style)
      let whole = Rect(column: area.origin.column, row: row, columns: area.size.columns, rows: 1)
      picture.mark(whole, as: .errors(.drawerLine(index)))
      if isFocused, index == list.fitted(count: content.lines.count, rows: rows).selection {
        picture.select(whole)
        picture.frame.write(state.signs.chosen, at: whole.origin, style: Style(.selection))
      }
    }
    picture.frame.scrollMark(visible, of: content.lines.count, in: rect)
  }

  /// The tabs, the open one in bold; if there is no room for all, the open one and those around it.
  private func drawTabs(row: Int, _ inner: Rect, _ picture: inout Picture) {
    let tabs = ErrorsLayout(state).drawers(state)
    let room = inner.size.columns - 4
    let open = tabs.firstIndex(of: drawer) ?? 0
    let names = tabs.map { $0.name(hasParts: state.hasParts) }
    func columns(_ range: Range<Int>) -> Int { names[range].reduce(-1) { $0 + $1.count + 2 } }
    var shown = 0..<tabs.count
    while columns(shown) > room, shown.count > 1 {
      // Tabs are left out from the side that is longer, so that the open one stays.
      let isLeftLonger = open - shown.lowerBound > shown.upperBound - 1 - open
      shown =
        isLeftLonger
        ? shown.lowerBound + 1..<shown.upperBound : shown.lowerBound..<shown.upperBound - 1
    }
    var column = inner.origin.column + 1
    let more = state.signs.more
    column += picture.frame.write(
      shown.lowerBound > 0 ? more.before + " " : " ", at: Position(column: column, row: row),
      style: Style(.dim))
    for index in shown {
      let isOpen = index == open
      let mark = picture.frame.isPlain && isOpen ? "*" : ""
      let place = Position(column: column, row: row)
      let used = picture.frame.write(
        mark + names[index], at: place,
        style: isOpen ? Style(.title, [.bold, .underline]) : Style(.dim), maxColumns: room)
      picture.mark(
        Rect(column: column, row: row, columns: used, rows: 1), as: .errors(.drawerTab(tabs[index]))
      )
      column += used + 2
    }
    if shown.upperBound < tabs.count {
      picture.frame.write(
        more.after, at: Position(column: column - 1, row: row), style: Style(.dim))
    }
  }

  private func draw(_ bar: DrawerLines.Line.Bar, _ area: Rect, _ picture: inout Picture) {
    guard area.size.columns >= 4 else { return }
    let columns = area.size.columns
    picture.frame.bar(bar.share, at: area.origin, columns: columns, style: Style(.otherBar))
    if bar.wrong > 0 {
      picture.frame.bar(bar.wrong, at: area.origin, columns: columns, style: Style(.error))
    }
    if let mark = bar.mark, mark.isFinite {
      let column = min(columns - 1, max(0, Int(mark * Float(columns))))
      picture.frame.write(
        picture.frame.isPlain ? "|" : "│",
        at: Position(column: area.origin.column + column, row: area.origin.row),
        style: Style(.title, .bold))
    }
  }

  private func write(
    _ line: DrawerLines.Line, row: Int, _ inner: Rect, _ picture: inout Picture, style: Style
  ) {
    var edge = inner.origin.column + inner.size.columns - 1
    for number in line.numbers {
      picture.frame.write(number, endingBefore: Position(column: edge, row: row), style: style)
      edge -= 7
    }
    let used = picture.frame.write(
      line.label, at: Position(column: inner.origin.column + 1, row: row), style: style,
      maxColumns: max(0, edge - inner.origin.column - 2), hasEllipsis: true)
    guard let bar = line.bar else { return }
    let start = inner.origin.column + max(14, used + 2)
    draw(bar, Rect(column: start, row: row, columns: edge - start - 1, rows: 1), &picture)
  }
}
