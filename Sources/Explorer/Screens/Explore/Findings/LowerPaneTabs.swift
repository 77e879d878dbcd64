internal import TerminalUI

/// Draws the tabs of the lower pane on its border, where they are always visible: the tokens, and
/// the pages of findings with their keys.
struct LowerPaneTabs {
  @Shared var state: State
  /// The pane; the tabs are on its upper border.
  let rect: Rect

  private struct Tab {
    var key = ""
    var title: String
    /// The page; nil for the tokens.
    var page: Finding?

    var columns: Int { title.count + (key.isEmpty ? 0 : key.count + 1) }
  }

  /// - Parameter note: a remark about the open page; on the lower border if the upper one has no
  ///   room.
  func draw(note: String, isFocused: Bool, on picture: inout Picture) -> Rect {
    let inner = picture.frame.box(rect, isFocused: isFocused)
    let space = rect.size.columns - 4
    guard space > 12, rect.size.rows > 1 else { return inner }
    let tabs = tabs
    let open = tabs.firstIndex { $0.page == state.findings.page } ?? 0
    func columns(_ range: Range<Int>, gap: Int) -> Int {
      tabs[range].reduce(2 - gap) { $0 + $1.columns + gap }
    }
    let plainMark = picture.frame.isPlain ? 2 : 0
    let all = 0..<tabs.count
    let gap = columns(all, gap: 2) + plainMark <= space ? 2 : 1
    var shown = all
    while columns(shown, gap: gap) + plainMark + (shown == all ? 0 : 2) > space, shown.count > 1 {
      // The open tab stays, and its neighbours as long as they fit.
      let isLeftLonger = open - shown.lowerBound > shown.upperBound - 1 - open
      shown =
        isLeftLonger
        ? shown.lowerBound + 1..<shown.upperBound : shown.lowerBound..<shown.upperBound - 1
    }
    let row = rect.origin.row
    var column = rect.origin.column + 2
    func write(_ text: String, _ style: Style) {
      column += picture.frame.write(text, at: Position(column: column, row: row), style: style)
    }
    let more = state.signs.more
    write(shown.lowerBound > 0 ? more.before : " ", Style(.dim))
    for index in shown {
      let (tab, isOpen) = (tabs[index], index == open)
      let start = column
      if picture.frame.isPlain, isOpen { write(isFocused ? "* " : "*", Style(.title)) }
      if !tab.key.isEmpty {
        // A letter is a command only outside the editor.
        write(tab.key, Style(state.isTyping ? .dim : .key))
        write(" ", Style())
      }
      write(
        tab.title,
        isOpen ? Style(.title, isFocused ? [.bold, .underline] : .underline) : Style(.dim))
      picture.mark(
        Rect(column: start, row: row, columns: column - start, rows: 1),
        as: tab.page.map { .explore(.finding($0)) } ?? .command(.act(.focus(.tokens))))
      if index + 1 < shown.upperBound { write(String(repeating: " ", count: gap), Style()) }
    }
    write(shown.upperBound < tabs.count ? more.after : " ", Style(.dim))
    drawNote(note, from: column, &picture)
    return inner
  }

  private func drawNote(_ note: String, from column: Int, _ picture: inout Picture) {
    guard !note.isEmpty else { return }
    let edge = rect.origin.column + rect.size.columns - 2
    let columns = DisplaySafe.columns(of: note) + 2
    if columns < edge - column {
      picture.frame.write(
        " \(note) ", endingBefore: Position(column: edge, row: rect.origin.row), style: Style(.dim))
    } else {
      picture.frame.write(
        " \(note) ",
        at: Position(
          column: rect.origin.column + 2, row: rect.origin.row + rect.size.rows - 1),
        style: Style(.dim), maxColumns: rect.size.columns - 20)
    }
  }

  private var tabs: [Tab] {
    [Tab(title: "Tokens")]
      + state.findingPages.map { page in
        let key = state.catalog.keymap.binding(of: .act(.showFinding(page)))?.keys.first?.shortName
        return Tab(key: key ?? "", title: page.title, page: page)
      }
  }
}
